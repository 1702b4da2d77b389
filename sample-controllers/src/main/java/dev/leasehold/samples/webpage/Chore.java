package dev.leasehold.samples.webpage;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What each run does besides, as if it had more to do than a page takes.
 *
 * @param takes how long it takes; zero or more
 * @param stubborn whether it goes on when it is interrupted, as work does that can't be stopped
 */
public record Chore(Duration takes, boolean stubborn) {

  /** None at all. */
  public static final Chore NONE = new Chore(Duration.ZERO, false);

  /** Does it. Unless it is stubborn an interrupt ends it, which comes when the bucket is lost. */
  void run() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    if (stubborn) {
      boolean unused =
          Uninterruptibles.awaitUninterruptibly(never, takes.toNanos(), TimeUnit.NANOSECONDS);
    } else if (!takes.isZero()) {
      boolean unused = never.await(takes.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
