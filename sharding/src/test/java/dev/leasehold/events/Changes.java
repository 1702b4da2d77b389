package dev.leasehold.events;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.ChangeOfHands;
import java.time.Duration;

/** Changes of hands, for tests. */
final class Changes {

  private Changes() {}

  static ChangeOfHands of(int bucket, ChangeOfHands.Reason reason) {
    return of(bucket, reason, 4711);
  }

  static ChangeOfHands of(int bucket, ChangeOfHands.Reason reason, long epoch) {
    return of(bucket, "a_1", "b_2", reason, epoch);
  }

  static ChangeOfHands between(String from, String to, ChangeOfHands.Reason reason) {
    return of(3, from, to, reason, 4711);
  }

  private static ChangeOfHands of(
      int bucket, String from, String to, ChangeOfHands.Reason reason, long epoch) {
    return new ChangeOfHands(
        new Bucket("webpage", bucket, 4096),
        from,
        to,
        reason,
        epoch,
        "uid-" + bucket,
        Duration.ZERO,
        Duration.ofMillis(3),
        Duration.ofMillis(5),
        Duration.ofMillis(2));
  }
}
