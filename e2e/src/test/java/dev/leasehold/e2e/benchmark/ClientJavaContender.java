package dev.leasehold.e2e.benchmark;

import dev.leasehold.election.TermView;
import io.kubernetes.client.extended.workqueue.DefaultWorkQueue;
import org.jspecify.annotations.Nullable;

/**
 * The official Java client's queue: dedup and one run at a time, without buckets or delays. It asks
 * for no term, so whoever takes a key does, as a user would whose keys are this replica's for a
 * time.
 */
final class ClientJavaContender implements Contender {

  private final DefaultWorkQueue<String> queue = new DefaultWorkQueue<>();
  private final TermView term;

  ClientJavaContender(TermView term) {
    this.term = term;
  }

  @Override
  public void add(String key) {
    queue.add(key);
  }

  @Override
  public @Nullable String runNext() throws InterruptedException {
    String key = queue.get();
    if (key == null) {
      return null;
    }
    boolean isOurs = term.isValid();
    queue.done(key);
    return isOurs ? key : runNext();
  }

  @Override
  public void shutDown() {
    queue.shutDown();
  }
}
