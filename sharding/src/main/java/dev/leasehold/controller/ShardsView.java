package dev.leasehold.controller;

import dev.leasehold.admin.ShardsPage;
import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.ShardStatus;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.BucketCounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what a replica leads and what its queues hold. */
final class ShardsView {

  private ShardsView() {}

  static ShardsPage of(ShardStatus status, Collection<ControllerRuntime<?>> works) {
    return new ShardsPage(
        status.identity(),
        member(status.term()),
        works.stream().map(work -> controller(status, work)).toList());
  }

  private static ShardsPage.MemberPart member(@Nullable TermView term) {
    return term == null
        ? new ShardsPage.MemberPart(false, 0, ShardsPage.unsigned(0))
        : new ShardsPage.MemberPart(
            term.isValid(), term.remaining().toMillis(), ShardsPage.unsigned(term.epoch()));
  }

  private static ShardsPage.ControllerPart controller(
      ShardStatus status, ControllerRuntime<?> work) {
    Map<Bucket, BucketCounts> counts = new HashMap<>();
    work.counts().forEach(count -> counts.put(count.bucket(), count));
    String name = work.controller().name();
    List<ShardsPage.BucketPart> led =
        status.led().stream()
            .filter(bucket -> bucket.bucket().controller().equals(name))
            .map(bucket -> bucket(bucket, counts.get(bucket.bucket())))
            .toList();
    return new ShardsPage.ControllerPart(name, work.controller().buckets(), led);
  }

  private static ShardsPage.BucketPart bucket(ShardStatus.Led led, @Nullable BucketCounts counts) {
    return new ShardsPage.BucketPart(
        led.bucket().index(),
        led.lease(),
        ShardsPage.unsigned(led.epoch()),
        counts == null ? 0 : counts.queued(),
        counts == null ? 0 : counts.running());
  }
}
