package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.time.EventLoop;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the writes of claims, each once, and complains of those that fail, once for each reason.
 *
 * <p>Confined to the election loop.
 */
final class ClaimWriter {

  private static final Logger log = LoggerFactory.getLogger(ClaimWriter.class);

  private final EventLoop loop;
  private final LockStore store;
  private final LeaseNames names;
  private final ShardListener listener;
  private String complaint = "";

  ClaimWriter(EventLoop loop, LockStore store, LeaseNames names, ShardListener listener) {
    this.loop = loop;
    this.store = store;
    this.names = names;
    this.listener = listener;
  }

  /**
   * Sends a write of the bucket's Lease.
   *
   * @param answered told of its outcome, on the loop
   */
  void send(Bucket bucket, ClaimEffect.Write write, Consumer<Outcome> answered) {
    String name = names.bucket(bucket);
    LockSnapshot base = write.base();
    CompletionStage<Outcome> answer =
        base == null ? store.create(name, write.record()) : store.replace(base, write.record());
    answer.whenComplete(
        (outcome, failure) ->
            loop.execute(
                () -> {
                  Outcome known =
                      failure == null ? outcome : new Outcome.Unknown(failure.toString());
                  answered.accept(known);
                  complainOf(known);
                }));
  }

  /** Removes the bucket's Lease if it lacks its labels. */
  void removeUnseen(Bucket bucket) {
    String name = names.bucket(bucket);
    store
        .removeUnseen(name, LeaseMetadata.labels(names.component(), bucket))
        .thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Written) {
                log.warn("Lease {} had lost its labels and was removed; it is created anew.", name);
              }
            });
  }

  private void complainOf(Outcome outcome) {
    String reason =
        outcome instanceof Outcome.Refused refused
            ? refused.reason()
            : outcome instanceof Outcome.Unknown unknown ? unknown.reason() : "";
    if (!reason.isEmpty() && !reason.equals(complaint)) {
      complaint = reason;
      log.warn("{}", reason);
      if (outcome instanceof Outcome.Refused) {
        Told.to(() -> listener.refused(reason));
      }
    }
  }
}
