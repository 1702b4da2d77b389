package dev.leasehold.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The network between one machine and the API server. */
final class Link {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private final VirtualTime time;
  private final RandomGenerator random;
  private final List<Runnable> held = new ArrayList<>();
  private final List<Runnable> onRestored = new ArrayList<>();
  private boolean upCut;
  private boolean downCut;
  private boolean lossy;
  private long slowness;

  /** What becomes of a request on its way. */
  enum Fate {
    DELIVERED,
    LOST,
    REPLY_LOST,
    ERROR_BEFORE,
    ERROR_AFTER,
    REFUSED
  }

  Link(VirtualTime time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  // ---- faults ----

  void cut(boolean up, boolean down) {
    upCut |= up;
    downCut |= down;
  }

  /** Requests that were not lost but stuck arrive now, long after their clients gave them up. */
  void restore() {
    upCut = false;
    downCut = false;
    held.forEach(request -> time.after(random.nextLong(100 * MILLI), request));
    held.clear();
    onRestored.forEach(Runnable::run);
  }

  void lossy(boolean now) {
    lossy = now;
  }

  void slow(long upToNanos) {
    slowness = upToNanos;
  }

  /** Calls back whenever the link works again. */
  void onRestored(Runnable listener) {
    onRestored.add(listener);
  }

  // ---- use ----

  boolean isDownCut() {
    return downCut;
  }

  Fate fate() {
    int dice = random.nextInt(lossy ? 16 : 400);
    return switch (dice) {
      case 0 -> Fate.LOST;
      case 1 -> Fate.REPLY_LOST;
      case 2 -> Fate.ERROR_BEFORE;
      case 3 -> Fate.ERROR_AFTER;
      case 4 -> Fate.REFUSED;
      default -> Fate.DELIVERED;
    };
  }

  /** Lets a request arrive after its way, or when the link is restored, or never. */
  void send(Runnable arrival) {
    time.after(
        latency(),
        () -> {
          if (!upCut) {
            arrival.run();
          } else if (random.nextBoolean()) {
            held.add(arrival);
          }
        });
  }

  long latency() {
    long usual = 200 * MICRO + random.nextLong(3 * MILLI);
    if (slowness > 0) {
      return usual + random.nextLong(slowness);
    }
    // Now and then something takes long for no reason at all.
    return random.nextInt(300) == 0 ? usual + random.nextLong(6 * SECOND) : usual;
  }
}
