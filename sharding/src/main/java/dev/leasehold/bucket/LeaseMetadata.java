package dev.leasehold.bucket;

import java.util.Map;

/** The labels and annotations on a component's Leases, for whoever reads or selects them. */
public final class LeaseMetadata {

  /** Label on every Lease; its value is {@value #MANAGED_BY_LEASEHOLD}. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY}. */
  public static final String MANAGED_BY_LEASEHOLD = "leasehold";

  /** Label on every Lease: the component. */
  public static final String COMPONENT = "leasehold.dev/component";

  /** Label on every Lease: {@value #ROLE_BUCKET} or {@value #ROLE_MEMBER}. */
  public static final String ROLE = "leasehold.dev/role";

  /** The role of a bucket's Lease. */
  public static final String ROLE_BUCKET = "bucket";

  /** The role of a member's Lease. */
  public static final String ROLE_MEMBER = "member";

  /** Label on a bucket's Lease: its controller. */
  public static final String CONTROLLER = "leasehold.dev/controller";

  /** Label on a bucket's Lease: its index. */
  public static final String BUCKET = "leasehold.dev/bucket";

  /** Annotation on a bucket's Lease: the name of the member Lease that holds it. */
  public static final String MEMBER = "leasehold.dev/member";

  /**
   * Annotation on a bucket's Lease: the uid of the member Lease that holds it. A claim is valid
   * under this uid alone; a name proves nothing.
   */
  public static final String MEMBER_UID = "leasehold.dev/member-uid";

  /**
   * Annotation on a bucket's Lease: the member uid that gave it to the present holder, an {@code @}
   * and the version that it gave.
   */
  public static final String HANDED_OVER_BY = "leasehold.dev/handed-over-by";

  /** Annotation on an emptied bucket's Lease: the member uid that released it itself. */
  public static final String RELEASED_BY = "leasehold.dev/released-by";

  /** Annotation on a member's Lease: controllers and bucket counts, {@code webpage=8,page=1}. */
  public static final String CONTROLLERS = "leasehold.dev/controllers";

  /**
   * Annotation on a member's Lease and on those of its buckets: its lease duration in seconds,
   * again. A duration is easily edited, and a replica that starts just then has never seen the
   * right one.
   */
  public static final String DURATION = "leasehold.dev/lease-duration-seconds";

  /** Annotation on a member's Lease: {@code starting}, {@code ready} or {@code draining}. */
  public static final String STATE = "leasehold.dev/state";

  /**
   * Annotation on a member's Lease: the uids of the Leases that its process held before and lost.
   */
  public static final String EARLIER_LIVES = "leasehold.dev/earlier-lives";

  /** Annotation on a fenced member's Lease: its own uid. */
  public static final String FENCED = "leasehold.dev/fenced";

  /** Annotation on a fenced member's Lease: the identity that fenced it. */
  public static final String FENCED_BY = "leasehold.dev/fenced-by";

  private LeaseMetadata() {}

  /** The label selector that finds every Lease of a component, and no other. */
  public static String selector(String component) {
    return MANAGED_BY + '=' + MANAGED_BY_LEASEHOLD + ',' + COMPONENT + '=' + component;
  }

  /** The labels of a bucket's Lease. */
  public static Map<String, String> labels(String component, Bucket bucket) {
    return Map.of(
        MANAGED_BY, MANAGED_BY_LEASEHOLD,
        COMPONENT, component,
        ROLE, ROLE_BUCKET,
        CONTROLLER, bucket.controller(),
        BUCKET, Integer.toString(bucket.index()));
  }

  /** The labels of a member's Lease. */
  public static Map<String, String> memberLabels(String component) {
    return Map.of(MANAGED_BY, MANAGED_BY_LEASEHOLD, COMPONENT, component, ROLE, ROLE_MEMBER);
  }
}
