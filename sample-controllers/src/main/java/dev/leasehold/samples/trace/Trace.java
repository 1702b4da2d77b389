package dev.leasehold.samples.trace;

import dev.leasehold.admin.ShardsPage;
import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.CloseCause;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.controller.ReconcileListener;
import dev.leasehold.controller.Run;
import dev.leasehold.election.TermView;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends a line of JSON to a file for each bucket won or lost and each reconcile begun or ended.
 *
 * <p>The time of an event is read under the lock that orders the lines. For a {@code start} that is
 * after the permit was found valid and before the reconciler is called, for an {@code end} after it
 * has returned.
 *
 * <p>Thread-safe. Each event blocks for one write to the file, on the election loop too; what can't
 * be written is thrown, and the framework logs it.
 */
public final class Trace implements ReconcileListener, ShardListener, AutoCloseable {

  private final KubernetesSerialization json = new KubernetesSerialization();
  private final LongSupplier nanoTime;

  // Not a channel: an interrupt, which a worker gets when its bucket is lost, would close that.
  // Guarded by this.
  private final OutputStream file;

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
  public void promoted(Bucket bucket, TermView term) {
    write("promoted", term.identity(), bucket, term.epoch(), Map.of());
  }

  @Override
  public void demoted(Bucket bucket, TermView term, CloseCause cause) {
    write(
        "demoted",
        term.identity(),
        bucket,
        term.epoch(),
        Map.of("cause", cause.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void started(Run run) {
    write("start", run.identity(), run.bucket(), run.epoch(), Map.of("key", run.key().toString()));
  }

  @Override
  public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("key", run.key().toString());
    more.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
    write("end", run.identity(), run.bucket(), run.epoch(), more);
  }

  private void write(
      String event, String identity, Bucket bucket, long epoch, Map<String, Object> more) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    line.put("nanos", 0L);
    line.put("identity", identity);
    line.put("controller", bucket.controller());
    line.put("bucket", bucket.index());
    line.put("epoch", ShardsPage.unsigned(epoch));
    line.putAll(more);
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
