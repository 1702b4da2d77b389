package dev.leasehold.samples.trace;

import com.google.common.collect.Maps;
import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.CloseCause;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.controller.ReconcileListener;
import dev.leasehold.controller.Run;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends a line of JSON to a file for each bucket won or lost, each reconcile begun or ended, and
 * each beginning, renewal and end of the member's term. The last three say until when it stands.
 *
 * <p>The time of an event is read under the lock that orders the lines. For a {@code start} that is
 * after the permit was found valid and before the reconciler is called, for an {@code end} after it
 * has returned.
 *
 * <p>Thread-safe. Each event blocks for one write to the file, on the election loop too; what can't
 * be written is thrown, and the framework logs it. A reconcile's lines cost no memory, see {@link
 * LineWriter}.
 */
public final class Trace implements ReconcileListener, ShardListener, AutoCloseable {

  /** Between two looks at the clock there may be a pause, rarely there are two. */
  private static final int LOOKS = 5;

  private static final long EXACT_NANOS = 100_000;

  /** Known before they are needed, for then there may be no memory left. */
  private static final Map<Run.Outcome, String> OUTCOMES =
      Maps.toMap(EnumSet.allOf(Run.Outcome.class), Trace::lower);

  private final LongSupplier nanoTime;

  // Guarded by this.
  private final LineWriter line;

  /** The member's term while it is one; used on the election loop alone. */
  private @Nullable TermView member;

  private Trace(LineWriter line, LongSupplier nanoTime) {
    this.line = line;
    this.nanoTime = nanoTime;
  }

  /**
   * Opens a file for appending, and creates it if need be.
   *
   * @param path in a folder that exists
   * @throws IOException if it can't be opened
   */
  public static Trace appendTo(Path path) throws IOException {
    // Not a channel: an interrupt, which a worker gets when its bucket is lost, would close that.
    return new Trace(new LineWriter(new FileOutputStream(path.toFile(), true)), System::nanoTime);
  }

  @Override
  public void joined(TermView term) {
    member = term;
    write("joined", term, null);
  }

  @Override
  public void renewed(Duration latency) {
    TermView term = member;
    if (term != null) {
      write("renewed", term, null);
    }
  }

  @Override
  public void left(TermView term, EndCause cause) {
    member = null;
    write("left", term, lower(cause));
  }

  @Override
  public void promoted(Bucket bucket, TermView term) {
    write("promoted", bucket, term, null);
  }

  @Override
  public void demoted(Bucket bucket, TermView term, CloseCause cause) {
    write("demoted", bucket, term, lower(cause));
  }

  @Override
  public void started(Run run) {
    write("start", run, null);
  }

  @Override
  public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
    write("end", run, OUTCOMES.get(outcome));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void write(String event, TermView term, @Nullable String cause) {
    long until = validUntil(term);
    synchronized (this) {
      try {
        line.begin(event, nanoTime.getAsLong(), term.identity());
        line.epoch(term.epoch());
        line.number("validUntil", until);
        line.text("cause", cause);
        line.end();
      } catch (IOException full) {
        throw unwritable(full);
      }
    }
  }

  private synchronized void write(
      String event, Bucket bucket, TermView term, @Nullable String cause) {
    try {
      line.begin(event, nanoTime.getAsLong(), term.identity());
      write(bucket, term.epoch());
      line.text("cause", cause);
      line.end();
    } catch (IOException full) {
      throw unwritable(full);
    }
  }

  private synchronized void write(String event, Run run, @Nullable String outcome) {
    try {
      line.begin(event, nanoTime.getAsLong(), run.identity());
      write(run.bucket(), run.epoch());
      line.key(run.key());
      line.number("thread", Thread.currentThread().getId());
      line.text("outcome", outcome);
      line.end();
    } catch (IOException full) {
      throw unwritable(full);
    }
  }

  private void write(Bucket bucket, long epoch) throws IOException {
    line.text("controller", bucket.controller());
    line.number("bucket", bucket.index());
    line.epoch(epoch);
  }

  private static UncheckedIOException unwritable(IOException full) {
    return new UncheckedIOException("The trace can't be written.", full);
  }

  /**
   * When the term ends, on the monotonic clock. A term says only how long it has left, so the clock
   * is read before and after that question; the answer is late by the time in between at most.
   */
  private long validUntil(TermView term) {
    long until = 0;
    long least = Long.MAX_VALUE;
    for (int look = 0; look < LOOKS && least > EXACT_NANOS; look++) {
      long before = nanoTime.getAsLong();
      long remaining = term.remaining().toNanos();
      long after = nanoTime.getAsLong();
      if (after - before < least) {
        least = after - before;
        until = after + remaining;
      }
    }
    return until;
  }

  @Override
  public synchronized void close() {
    try {
      line.close();
    } catch (IOException lost) {
      throw new UncheckedIOException("The trace can't be closed.", lost);
    }
  }
}
