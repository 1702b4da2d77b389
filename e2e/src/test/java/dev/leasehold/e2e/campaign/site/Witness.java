package dev.leasehold.e2e.campaign.site;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.leasehold.e2e.campaign.check.Intervals;
import dev.leasehold.e2e.campaign.check.Intervals.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * A thread that wakes up now and then and does a little work, as replicas do, and notes when that
 * came late: then the machine was busy with other things, and so late was everybody.
 *
 * <p>Thread-safe. It is blind for what is shorter than {@link #BLIND_NANOS}, and for who is kept
 * waiting while it is not.
 */
final class Witness implements AutoCloseable {

  private static final long SLEEP_MILLIS = 20;
  private static final long BLIND_NANOS = 50_000_000;

  private final byte[] work = new byte[1 << 18];
  private final CountDownLatch over = new CountDownLatch(1);

  @GuardedBy("this") private final List<Interval> stalls = new ArrayList<>();

  Witness() {
    Thread thread = new Thread(this::watch, "witness");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      long before = System.nanoTime();
      while (!over.await(SLEEP_MILLIS, TimeUnit.MILLISECONDS)) {
        CRC32 sum = new CRC32();
        sum.update(work);
        work[0] = (byte) sum.getValue();
        long now = System.nanoTime();
        long due = before + TimeUnit.MILLISECONDS.toNanos(SLEEP_MILLIS);
        if (now - due > BLIND_NANOS) {
          note(new Interval(due, now));
        }
        before = now;
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(Interval stall) {
    stalls.add(stall);
  }

  /** When the machine was too busy so far. */
  synchronized Intervals stalls() {
    return new Intervals(stalls);
  }

  @Override
  public void close() {
    over.countDown();
  }
}
