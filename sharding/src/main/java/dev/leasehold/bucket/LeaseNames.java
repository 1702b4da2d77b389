package dev.leasehold.bucket;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a component's Leases: {@code shop.webpage.03-of-08} for a bucket, {@code
 * shop.member.shop-7d9f-x2x4q-0a1b2c3d} for a member.
 *
 * <p>The component and the controller are DNS-1123 labels. They have no dots, so no two components,
 * controllers or roles share a name: the part between the first two dots tells a member from a
 * bucket. That is why no controller may be named {@value #MEMBER}.
 *
 * <p>Immutable and thread-safe.
 */
public final class LeaseNames {

  /** The part of a member Lease's name where a bucket Lease has the controller's name. */
  public static final String MEMBER = "member";

  private static final int MAX_LABEL = 63;
  private static final int MAX_NAME = 253;
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
  private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern BUCKET =
      Pattern.compile("(?<controller>[^.]+)\\.(?<index>\\d{2,4})-of-(?<count>\\d{2,4})");

  private final String component;

  private LeaseNames(String component) {
    this.component = requireLabel("component", component);
  }

  /**
   * The names of one component's Leases.
   *
   * @param component the component's name, a DNS-1123 label
   * @throws IllegalArgumentException if it is not one
   */
  public static LeaseNames of(String component) {
    return new LeaseNames(component);
  }

  /**
   * Checks that Leases can be named after a controller.
   *
   * @param controller the controller's name
   * @return the same name
   * @throws IllegalArgumentException if it is not a DNS-1123 label, or is {@value #MEMBER}
   */
  public static String requireController(String controller) {
    requireLabel("controller", controller);
    if (controller.equals(MEMBER)) {
      throw new IllegalArgumentException(
          "A controller cannot be named 'member', since '<component>.member.' begins the names of member Leases; choose another name.");
    }
    return controller;
  }

  /** Whether Leases can be named after a controller of that name. */
  public static boolean isController(String name) {
    return isLabel(name) && !name.equals(MEMBER);
  }

  /** The component's name. */
  public String component() {
    return component;
  }

  /**
   * The name of a bucket's Lease.
   *
   * @param bucket a bucket of one of the component's controllers
   * @throws IllegalArgumentException if the controller's name cannot be a part of it
   */
  public String bucket(Bucket bucket) {
    requireController(bucket.controller());
    // Two labels and "NNNN-of-NNNN" are 140 characters at most, so the name is never too long.
    return component + '.' + bucket.leaseSuffix();
  }

  /**
   * The bucket whose Lease has this name; empty if it is no bucket Lease of this component.
   *
   * @param leaseName the name of any Lease
   */
  public Optional<Bucket> bucketNamed(String leaseName) {
    if (!leaseName.startsWith(component + '.')) {
      return Optional.empty();
    }
    Matcher parts = BUCKET.matcher(leaseName.substring(component.length() + 1));
    if (!parts.matches()) {
      return Optional.empty();
    }
    String controller = parts.group("controller");
    int index = Integer.parseInt(parts.group("index"));
    int count = Integer.parseInt(parts.group("count"));
    boolean exists = count >= Bucket.MIN_COUNT && count <= Bucket.MAX_COUNT && index < count;
    if (!exists || !isController(controller)) {
      return Optional.empty();
    }
    Bucket bucket = new Bucket(controller, index, count);
    // Only in the spelling that this class writes: "001-of-008" would be a second Lease for
    // "01-of-08".
    return bucket(bucket).equals(leaseName) ? Optional.of(bucket) : Optional.empty();
  }

  /**
   * The name of a member's Lease.
   *
   * <p>An identity such as {@code shop-x2x4q_0a1b2c3d} is not a DNS-1123 name: it has an
   * underscore, and some hosts' names have capitals. Underscores become hyphens and capitals small
   * letters here. Two identities meet in one name only if nothing else tells them apart, and the
   * eight hex digits at their ends, new at each start, do. The Lease's holder has the identity as
   * it is.
   *
   * @param identity the replica's identity, {@code <host>_<8 hex>}
   * @throws IllegalArgumentException if no valid name of at most 253 characters comes out of it
   */
  public String member(String identity) {
    String suffix = identity.toLowerCase(Locale.ROOT).replace('_', '-');
    if (!DNS_SUBDOMAIN.matcher(suffix).matches()) {
      throw new IllegalArgumentException(
          "The identity '%s' cannot be a part of a Lease's name; use letters, digits, hyphens and dots for the host's name, with a letter or a digit at both ends and around each dot."
              .formatted(identity));
    }
    String name = component + '.' + MEMBER + '.' + suffix;
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "The Lease's name '%s' has %d characters, and Kubernetes allows %d; shorten the host's name or the component's."
              .formatted(name, name.length(), MAX_NAME));
    }
    return name;
  }

  private static boolean isLabel(String name) {
    return name.length() <= MAX_LABEL && DNS_LABEL.matcher(name).matches();
  }

  private static String requireLabel(String role, String name) {
    if (!isLabel(name)) {
      throw new IllegalArgumentException(
          "The %s name '%s' is not a DNS-1123 label; use 1 to %d small letters, digits and hyphens, with a letter or a digit at both ends."
              .formatted(role, name, MAX_LABEL));
    }
    return name;
  }

  @Override
  public String toString() {
    return component + ".*";
  }
}
