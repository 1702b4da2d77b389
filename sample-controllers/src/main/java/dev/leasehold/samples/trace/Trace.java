package dev.leasehold.samples.trace;

import dev.leasehold.admin.ShardsPage;
import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.CloseCause;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.controller.ReconcileListener;
import dev.leasehold.controller.Run;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
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
 * be written is thrown, and the framework logs it.
 */
public final class Trace implements ReconcileListener, ShardListener, AutoCloseable {

  /** Between two looks at the clock there may be a pause, rarely there are two. */
  private static final int LOOKS = 5;

  private static final long EXACT_NANOS = 100_000;

  private final KubernetesSerialization json = new KubernetesSerialization();
  private final LongSupplier nanoTime;

  // Not a channel: an interrupt, which a worker gets when its bucket is lost, would close that.
  // Guarded by this.
  private final OutputStream file;

  /** The member's term while it is one; used on the election loop alone. */
  private @Nullable TermView member;

  private Trace(OutputStream file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
  }

  /**
   * Opens a file for appending, and creates it if need be.
   *
   * @param path in a folder that exists
   * @throws IOException if it can't be opened
   */
  public static Trace appendTo(Path path) throws IOException {
    return new Trace(new FileOutputStream(path.toFile(), true), System::nanoTime);
  }

  @Override
  public void joined(TermView term) {
    member = term;
    writeTerm("joined", term, Map.of());
  }

  @Override
  public void renewed(Duration latency) {
    TermView term = member;
    if (term != null) {
      writeTerm("renewed", term, Map.of());
    }
  }

  @Override
  public void left(TermView term, EndCause cause) {
    member = null;
    writeTerm("left", term, Map.of("cause", lower(cause)));
  }

  @Override
  public void promoted(Bucket bucket, TermView term) {
    write("promoted", term.identity(), bucket, term.epoch(), Map.of());
  }

  @Override
  public void demoted(Bucket bucket, TermView term, CloseCause cause) {
    write("demoted", term.identity(), bucket, term.epoch(), Map.of("cause", lower(cause)));
  }

  @Override
  public void started(Run run) {
    write("start", run.identity(), run.bucket(), run.epoch(), Map.of("key", run.key().toString()));
  }

  @Override
  public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("key", run.key().toString());
    more.put("outcome", lower(outcome));
    write("end", run.identity(), run.bucket(), run.epoch(), more);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void write(
      String event, String identity, Bucket bucket, long epoch, Map<String, Object> more) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("controller", bucket.controller());
    fields.put("bucket", bucket.index());
    fields.put("epoch", ShardsPage.unsigned(epoch));
    fields.putAll(more);
    append(event, identity, fields);
  }

  private void writeTerm(String event, TermView term, Map<String, Object> more) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", ShardsPage.unsigned(term.epoch()));
    fields.put("validUntil", validUntil(term));
    fields.putAll(more);
    append(event, term.identity(), fields);
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

  private void append(String event, String identity, Map<String, Object> fields) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    line.put("nanos", 0L);
    line.put("identity", identity);
    line.putAll(fields);
    synchronized (this) {
      line.put("nanos", nanoTime.getAsLong());
      try {
        // One write, so that lines of several processes don't mix; unbuffered, so nothing to flush.
        file.write((json.asJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException full) {
        throw new UncheckedIOException("The trace can't be written.", full);
      }
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException lost) {
      throw new UncheckedIOException("The trace can't be closed.", lost);
    }
  }
}
