package dev.leasehold.samples.demo.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What all replicas did, put together from their traces.
 *
 * @param spans who led which bucket when, by promotion
 * @param runs all reconciles, by start
 * @param unbegun the last moment of each reconcile whose start is untold; not among the others, for
 *     nobody knows when it began
 * @param oddities what makes no sense where it is
 */
public record History(
    List<LedSpan> spans, List<KeyRun> runs, List<KeyRun> unbegun, List<Oddity> oddities) {

  /** Copies the lists. */
  public History {
    spans = List.copyOf(spans);
    runs = List.copyOf(runs);
    unbegun = List.copyOf(unbegun);
    oddities = List.copyOf(oddities);
  }

  /** Puts the traces of all processes together. */
  public static History of(List<ProcessTrace> traces) {
    List<LedSpan> spans = new ArrayList<>();
    List<KeyRun> runs = new ArrayList<>();
    List<KeyRun> unbegun = new ArrayList<>();
    List<Oddity> oddities = new ArrayList<>();
    for (ProcessTrace trace : traces) {
      Replay replay = new Replay(trace, oddities);
      replay.run();
      spans.addAll(replay.spans());
      runs.addAll(replay.runs());
      unbegun.addAll(replay.unbegun());
    }
    spans.sort(Comparator.comparingLong(LedSpan::fromNanos));
    runs.sort(Comparator.comparingLong(KeyRun::startNanos));
    return new History(spans, runs, unbegun, oddities);
  }

  /** All that is known to have run, by start: those whose start is untold, too. */
  public List<KeyRun> running() {
    return Stream.concat(runs.stream(), unbegun.stream())
        .sorted(Comparator.comparingLong(KeyRun::startNanos))
        .toList();
  }

  /** The same with other runs. */
  public History with(List<KeyRun> others) {
    return new History(spans, others, unbegun, oddities);
  }

  /** Who led each bucket, by promotion. */
  public Map<BucketId, List<LedSpan>> spansByBucket() {
    Map<BucketId, List<LedSpan>> byBucket = new TreeMap<>();
    spans.forEach(
        span -> byBucket.computeIfAbsent(span.bucket(), bucket -> new ArrayList<>()).add(span));
    return byBucket;
  }
}
