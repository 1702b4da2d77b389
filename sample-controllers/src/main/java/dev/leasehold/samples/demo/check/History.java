package dev.leasehold.samples.demo.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all replicas did, put together from their traces.
 *
 * @param spans who led which bucket when, by promotion
 * @param runs all reconciles, by start
 * @param oddities what makes no sense where it is
 */
public record History(List<LedSpan> spans, List<KeyRun> runs, List<Oddity> oddities) {

  /** Copies the lists. */
  public History {
    spans = List.copyOf(spans);
    runs = List.copyOf(runs);
    oddities = List.copyOf(oddities);
  }

  /** Puts the traces of all processes together. */
  public static History of(List<ProcessTrace> traces) {
    List<LedSpan> spans = new ArrayList<>();
    List<KeyRun> runs = new ArrayList<>();
    List<Oddity> oddities = new ArrayList<>();
    for (ProcessTrace trace : traces) {
      Replay replay = new Replay(trace, oddities);
      replay.run();
      spans.addAll(replay.spans());
      runs.addAll(replay.runs());
    }
    spans.sort(Comparator.comparingLong(LedSpan::fromNanos));
    runs.sort(Comparator.comparingLong(KeyRun::startNanos));
    return new History(spans, runs, oddities);
  }

  /** Who led each bucket, by promotion. */
  public Map<BucketId, List<LedSpan>> spansByBucket() {
    Map<BucketId, List<LedSpan>> byBucket = new TreeMap<>();
    spans.forEach(
        span -> byBucket.computeIfAbsent(span.bucket(), bucket -> new ArrayList<>()).add(span));
    return byBucket;
  }
}
