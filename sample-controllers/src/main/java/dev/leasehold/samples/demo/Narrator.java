package dev.leasehold.samples.demo;

import com.google.errorprone.annotations.FormatMethod;
import dev.leasehold.samples.demo.check.LeaseState;
import dev.leasehold.samples.demo.check.Snapshot;
import dev.leasehold.samples.demo.screen.LeaseTable;
import dev.leasehold.samples.demo.screen.Paint;
import dev.leasehold.samples.demo.screen.Screen;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the demo's story on a screen, each line with the seconds since the demo's beginning.
 *
 * <p>Thread-safe.
 */
final class Narrator implements View.HolderListener {

  /** What the times of moves are counted from. */
  private record Zero(long nanos, String words) {}

  private final Screen screen;
  private final Paint paint;
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final long beginning;
  private volatile @Nullable Zero zero;

  Narrator(Screen screen, LongSupplier nanoTime, Clock clock) {
    this.screen = screen;
    this.paint = screen.paint();
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.beginning = nanoTime.getAsLong();
  }

  /** The time of the story, in nanoseconds. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** Tells a line. */
  @FormatMethod
  void say(String format, Object... arguments) {
    double seconds = (now() - beginning) / 1e9;
    screen.say(String.format(Locale.ROOT, "%5.1f s  %s", seconds, format.formatted(arguments)));
  }

  /** Begins a chapter. */
  @FormatMethod
  void chapter(String format, Object... arguments) {
    screen.say("");
    say("%s", paint.heading(format.formatted(arguments)));
  }

  /**
   * From now on tells each move, with the milliseconds since a moment.
   *
   * @param nanos the moment
   * @param words what it was, such as {@code after the kill}
   */
  void countFrom(long nanos, String words) {
    zero = new Zero(nanos, words);
  }

  /** Tells no more moves. */
  void countNoMore() {
    zero = null;
  }

  /** Tells a move as the watch of Leases shows it. */
  @Override
  public void changed(LeaseState before, LeaseState after) {
    Zero since = zero;
    if (since != null && !after.holder().isEmpty()) {
      say(
          "  %s  %s -> %s  %d ms %s",
          after.name(),
          replica(before.holder()),
          replica(after.holder()),
          TimeUnit.NANOSECONDS.toMillis(now() - since.nanos()),
          since.words());
    }
  }

  /** Shows the Leases as they are; nothing on a screen without a table. */
  void show(Snapshot snapshot) {
    screen.show(LeaseTable.lines(snapshot, clock.instant(), paint));
  }

  /** Shows the Leases for good. */
  void settle(Snapshot snapshot) {
    screen.settle(LeaseTable.lines(snapshot, clock.instant(), paint));
  }

  private String replica(String identity) {
    return identity.isEmpty() ? "nobody" : paint.replica(identity, LeaseTable.process(identity));
  }
}
