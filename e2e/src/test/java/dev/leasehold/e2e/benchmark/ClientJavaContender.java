package dev.leasehold.e2e.benchmark;

import io.kubernetes.client.extended.workqueue.DefaultWorkQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The official Java client's queue: dedup and one run at a time, without buckets or delays. It asks
 * for no term; whoever takes a key may ask, as a user has to whose keys are this replica's for a
 * time.
 */
final class ClientJavaContender implements Contender {

  private final DefaultWorkQueue<String> queue = new DefaultWorkQueue<>();
  private final BooleanSupplier isLeading;

  ClientJavaContender(BooleanSupplier isLeading) {
    this.isLeading = isLeading;
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
    boolean isOurs = isLeading.getAsBoolean();
    queue.done(key);
    return isOurs ? key : runNext();
  }

  @Override
  public void shutDown() {
    queue.shutDown();
  }
}
