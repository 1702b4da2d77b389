package dev.leasehold.metrics;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * The catalogue: every metric that a replica has, with its labels. {@code docs/metrics.md} shows it
 * as a table, and a test compares the two.
 *
 * <p>The first ones have the names and labels that client-go and controller-runtime give them, so
 * that dashboards made for those serve here.
 */
public enum Metric {
  /** client-go. */
  WORKQUEUE_DEPTH("workqueue.depth", MetricKind.GAUGE, "Keys that wait for a worker", "name"),
  /** client-go. */
  WORKQUEUE_ADDS(
      "workqueue.adds",
      MetricKind.COUNTER,
      "Keys that came to wait for a worker; one that waits already doesn't count again",
      "name"),
  /** client-go. */
  WORKQUEUE_QUEUE_DURATION(
      "workqueue.queue.duration",
      MetricKind.TIMER,
      "From when a key was due until a worker had it",
      "name"),
  /** client-go. */
  WORKQUEUE_WORK_DURATION(
      "workqueue.work.duration", MetricKind.TIMER, "How long a worker had a key", "name"),
  /** client-go. */
  WORKQUEUE_UNFINISHED_WORK(
      "workqueue.unfinished.work",
      MetricKind.SECONDS,
      "For how long the keys that run now have been running, summed up",
      "name"),
  /** client-go. */
  WORKQUEUE_LONGEST_RUNNING(
      "workqueue.longest.running.processor",
      MetricKind.SECONDS,
      "For how long the oldest run has been going on; zero if none is",
      "name"),
  /** client-go. */
  WORKQUEUE_RETRIES(
      "workqueue.retries", MetricKind.COUNTER, "Keys that come back with backoff", "name"),
  /** client-go. */
  LEADER_ELECTION(
      "leader.election.master.status",
      MetricKind.GAUGE,
      "1 while it is held here, else 0. `name` is the component, for its membership, and with"
          + " metrics for each bucket the name of a bucket's Lease, too",
      "name"),
  /** controller-runtime. */
  RECONCILES(
      "controller.runtime.reconcile",
      MetricKind.COUNTER,
      "Runs by `result`: `success`, `requeue_after`, `requeue`, `error`, or `lost`: it threw after"
          + " its bucket's term was over",
      "controller",
      "result"),
  /** controller-runtime. */
  RECONCILE_ERRORS(
      "controller.runtime.reconcile.errors",
      MetricKind.COUNTER,
      "Runs that threw, returned null or took longer than the timeout",
      "controller"),
  /** controller-runtime. */
  TERMINAL_ERRORS(
      "controller.runtime.terminal.reconcile.errors",
      MetricKind.COUNTER,
      "Keys that were given up after their last retry, until something changes",
      "controller"),
  /** controller-runtime. */
  RECONCILE_TIME(
      "controller.runtime.reconcile.time",
      MetricKind.TIMER,
      "How long the reconciler took",
      "controller"),
  /** controller-runtime. */
  ACTIVE_WORKERS(
      "controller.runtime.active.workers",
      MetricKind.GAUGE,
      "Workers that have a key now",
      "controller"),
  /** controller-runtime. */
  MAX_WORKERS(
      "controller.runtime.max.concurrent.reconciles",
      MetricKind.GAUGE,
      "Workers that there are",
      "controller"),

  /** Ours. */
  BUCKETS("leasehold.buckets", MetricKind.GAUGE, "Buckets that the controller has", "controller"),
  /** Ours. */
  BUCKETS_LED(
      "leasehold.buckets.led", MetricKind.GAUGE, "Buckets that this replica leads", "controller"),
  /** Ours. */
  BUCKETS_WANTED(
      "leasehold.buckets.wanted",
      MetricKind.GAUGE,
      "Buckets that this replica should lead by the common plan",
      "controller"),
  /** Ours. */
  BUCKETS_UNLED(
      "leasehold.buckets.unled",
      MetricKind.GAUGE,
      "Buckets whose Lease names no live member, as this replica sees it; all see the same",
      "controller"),
  /** Ours. */
  BUCKETS_DRAINING(
      "leasehold.buckets.draining",
      MetricKind.GAUGE,
      "Buckets that are closed here while keys of theirs still run",
      "controller"),
  /** Ours. */
  BUCKETS_STUCK(
      "leasehold.buckets.stuck",
      MetricKind.GAUGE,
      "Those of them whose keys still run though they have been interrupted",
      "controller"),
  /** Ours. */
  EPOCH_CHANGES(
      "leasehold.epoch.changes",
      MetricKind.COUNTER,
      "New epochs of buckets by `cause`: `join`, `leave`, `crash`, `rebalance`, `free`, `return`,"
          + " each counted once over all replicas, by the one that wrote it; and `edited`, counted"
          + " by the holder whose Lease somebody else has changed",
      "controller",
      "cause"),
  /** Ours. */
  CLOSINGS(
      "leasehold.closings",
      MetricKind.COUNTER,
      "Buckets that this replica leads no more, by `cause`: `hand_over`, `release`, `term_over`,"
          + " `taken`, `edited`, `deleted`",
      "controller",
      "cause"),
  /** Ours. */
  HANDOVER(
      "leasehold.handover",
      MetricKind.TIMER,
      "The parts of a change of hands that this replica wrote: `drain` of running keys, if it gave"
          + " the bucket away, `write` until the answer, `watch` until it was seen",
      "controller",
      "part"),
  /** Ours. */
  PROMOTION_REPLAY(
      "leasehold.promotion.replay",
      MetricKind.TIMER,
      "How long it took to enqueue the cached keys of a bucket that was won",
      "controller"),
  /** Ours. */
  PROMOTION_KEYS(
      "leasehold.promotion.keys", MetricKind.COUNTER, "Keys that were enqueued so", "controller"),
  /** Ours. */
  QUEUE_KEYS(
      "leasehold.queue.keys",
      MetricKind.GAUGE,
      "Keys by `place`: the lanes `live` and `background`, `throttled`: retries that wait for the"
          + " overall rate limit, `delayed` until a time, `running`",
      "controller",
      "place"),
  /** Ours. */
  PERMITS_REFUSED(
      "leasehold.permits.refused",
      MetricKind.COUNTER,
      "Dispatches that did not begin because the term was over",
      "controller"),
  /** Ours. */
  WRITES(
      "leasehold.writes",
      MetricKind.COUNTER,
      "Writes of reconcilers by `outcome`: `done`, `failed`, or `refused` because the term was"
          + " over",
      "controller",
      "outcome"),
  /** Ours. */
  EVENTS(
      "leasehold.events",
      MetricKind.COUNTER,
      "What became of watch events, by `outcome`: `enqueued`, `elsewhere`: of a bucket that isn't"
          + " led here, `filtered`, `own`: what the key's last run wrote, `foreign`,"
          + " `mapper_failed`, `filter_failed`; `overrun`: a filter or mapper took more than 10 s",
      "controller",
      "outcome"),
  /** Ours. */
  TIMEOUTS(
      "leasehold.timeouts",
      MetricKind.COUNTER,
      "Runs that took long, once each, by `outcome`: `interrupted` at the controller's timeout,"
          + " `overrun`: without a timeout, after 5 minutes",
      "controller",
      "outcome"),
  /** Ours. */
  OBSERVATIONS(
      "leasehold.observations",
      MetricKind.COUNTER,
      "Calls of an observer by `outcome`: `done`, `failed`, `overrun`: more than 5 minutes",
      "controller",
      "outcome"),
  /** Ours. */
  TERM_REMAINING(
      "leasehold.member.term.remaining",
      MetricKind.SECONDS,
      "For how long this replica's term stands if nothing renews it; zero if it is no member"),
  /** Ours. */
  RENEWAL(
      "leasehold.renewal",
      MetricKind.TIMER,
      "From the request that renews the member's Lease until its watch showed it"),
  /** Ours. */
  TERMS_LOST(
      "leasehold.member.terms.lost",
      MetricKind.COUNTER,
      "Memberships that ended though this replica did not want to leave"),
  /** Ours. */
  WATCH_AGE(
      "leasehold.watch.age",
      MetricKind.SECONDS,
      "Since when the watch of the Leases has said nothing; at rest at most a retry period"),
  /** Ours. */
  LEASE_WRITES_REFUSED(
      "leasehold.lease.writes.refused",
      MetricKind.COUNTER,
      "Writes of Leases that the API server turned down for another reason than a conflict"),
  /** Ours. */
  KUBERNETES_EVENTS(
      "leasehold.kubernetes.events",
      MetricKind.COUNTER,
      "Changes of hands that were to be Kubernetes Events, by `outcome`: `written`, `folded` into a"
          + " later one, `dropped`, `failed`",
      "outcome"),
  /** Ours. */
  BUCKET_KEYS(
      "leasehold.bucket.keys",
      MetricKind.GAUGE,
      "Keys of one bucket that wait, are delayed or run; only with metrics for each bucket",
      "controller",
      "bucket");

  private final String meter;
  private final MetricKind kind;
  private final String help;
  private final ImmutableList<String> labels;

  Metric(String meter, MetricKind kind, String help, String... labels) {
    this.meter = meter;
    this.kind = kind;
    this.help = help;
    this.labels = ImmutableList.copyOf(labels);
  }

  /** Its name in Micrometer. */
  public String meter() {
    return meter;
  }

  /** How it behaves. */
  public MetricKind kind() {
    return kind;
  }

  /** What it tells, in words. */
  public String help() {
    return help;
  }

  /** The names of its labels, in the order in which their values are given. */
  public List<String> labels() {
    return labels;
  }

  /** Its name in Prometheus; a histogram has {@code _bucket}, {@code _count}, {@code _sum} more. */
  public String prometheusName() {
    return meter.replace('.', '_') + kind.suffix();
  }
}
