package dev.leasehold.e2e.campaign.check;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.samples.demo.check.BucketId;
import dev.leasehold.samples.demo.check.LedSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A time in which nobody led a bucket. A process that stands still leads nothing, whatever its term
 * says.
 *
 * @param bucket the bucket
 * @param fromNanos since when
 * @param untilNanos until when
 */
public record Unled(BucketId bucket, long fromNanos, long untilNanos) {

  /** A time in which somebody led. */
  private record Led(long from, long until) {}

  /** How long it was. */
  public Duration length() {
    return Duration.ofNanos(untilNanos - fromNanos);
  }

  /** All such times between the first episode's beginning and the last one's end. */
  public static List<Unled> of(Evidence evidence) {
    List<Unled> all = new ArrayList<>();
    if (evidence.episodes().isEmpty()) {
      return all;
    }
    long from = evidence.episodes().get(0).fromNanos();
    long until = evidence.episodes().get(evidence.episodes().size() - 1).untilNanos();
    Map<BucketId, List<LedSpan>> spans = evidence.history().spansByBucket();
    for (Bucket bucket : evidence.buckets().buckets()) {
      BucketId id = new BucketId(bucket.controller(), bucket.index());
      long ledUntil = from;
      for (Led led : led(spans.getOrDefault(id, List.of()), evidence.freezes())) {
        if (led.from() > ledUntil && ledUntil < until) {
          all.add(new Unled(id, ledUntil, Math.min(led.from(), until)));
        }
        ledUntil = Math.max(ledUntil, led.until());
      }
      if (ledUntil < until) {
        all.add(new Unled(id, ledUntil, until));
      }
    }
    return all;
  }

  private static List<Led> led(List<LedSpan> spans, List<Freeze> freezes) {
    List<Led> led = new ArrayList<>();
    for (LedSpan span : spans) {
      long from = span.fromNanos();
      for (Freeze freeze : freezes) {
        if (freeze.whole()
            && freeze.process().equals(span.process())
            && freeze.fromNanos() < span.untilNanos()
            && freeze.untilNanos() > from) {
          led.add(new Led(from, Math.max(from, freeze.fromNanos())));
          from = Math.max(from, freeze.untilNanos());
        }
      }
      led.add(new Led(from, Math.max(from, span.untilNanos())));
    }
    led.sort(Comparator.comparingLong(Led::from));
    return led;
  }
}
