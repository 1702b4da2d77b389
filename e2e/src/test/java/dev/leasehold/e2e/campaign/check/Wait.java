package dev.leasehold.e2e.campaign.check;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.e2e.campaign.check.Intervals.Interval;
import dev.leasehold.samples.demo.check.BucketId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a change waited for a status that has seen it, by the leader's own time: without the
 * time that nobody led the bucket, that a fault was between the leader and the API server, or that
 * the machine stood still.
 *
 * @param change the change
 * @param length how long
 */
record Wait(Change change, Duration length) {

  /** The wait of each change since the first episode that a status was seen of. */
  static List<Wait> of(Evidence evidence) {
    Map<String, List<PageSight>> sights = new HashMap<>();
    evidence.sights().stream()
        .sorted(Comparator.comparingLong(PageSight::atNanos))
        .forEach(sight -> sights.computeIfAbsent(sight.key(), key -> new ArrayList<>()).add(sight));
    Map<BucketId, Intervals> excused = excused(evidence);
    List<Wait> waits = new ArrayList<>();
    for (Change change : evidence.changes()) {
      if (Episode.at(change.sentNanos(), evidence.episodes()).isEmpty()) {
        continue;
      }
      sights.getOrDefault(change.key(), List.of()).stream()
          .filter(sight -> sight.generation() >= change.generation())
          .findFirst()
          .ifPresent(
              sight ->
                  waits.add(
                      new Wait(
                          change,
                          length(
                              change.sentNanos(),
                              sight.atNanos(),
                              excused.getOrDefault(
                                  bucketOf(change.key(), evidence.buckets()), Intervals.NONE)))));
    }
    return waits;
  }

  private static Duration length(long sent, long seen, Intervals excused) {
    return Duration.ofNanos(Math.max(0, seen - sent)).minus(excused.within(sent, seen));
  }

  private static BucketId bucketOf(String key, BucketSet buckets) {
    int slash = key.indexOf('/');
    int index = buckets.bucketOf(key.substring(0, slash), key.substring(slash + 1), null).index();
    return new BucketId(buckets.controller(), index);
  }

  private static Map<BucketId, Intervals> excused(Evidence evidence) {
    Intervals always =
        new Intervals(
                evidence.episodes().stream()
                    .filter(episode -> episode.limits().hinders())
                    .map(episode -> new Interval(episode.fromNanos(), episode.healedNanos()))
                    .toList())
            .and(evidence.stalls());
    Map<BucketId, List<Interval>> unled = new HashMap<>();
    evidence
        .buckets()
        .buckets()
        .forEach(
            bucket ->
                unled.put(new BucketId(bucket.controller(), bucket.index()), new ArrayList<>()));
    for (Unled one : Unled.of(evidence)) {
      unled
          .computeIfAbsent(one.bucket(), bucket -> new ArrayList<>())
          .add(new Interval(one.fromNanos(), one.untilNanos()));
    }
    Map<BucketId, Intervals> excused = new HashMap<>();
    unled.forEach((bucket, times) -> excused.put(bucket, always.and(new Intervals(times))));
    return excused;
  }
}
