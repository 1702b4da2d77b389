package dev.leasehold.e2e.benchmark;

import io.kubernetes.client.extended.workqueue.DefaultWorkQueue;
import org.jspecify.annotations.Nullable;

/** The official Java client's queue: dedup and one run at a time, without buckets or delays. */
final class ClientJavaContender implements Contender {

  private final DefaultWorkQueue<String> queue = new DefaultWorkQueue<>();

  @Override
  public void add(String key) {
    queue.add(key);
  }

  @Override
  public @Nullable String runNext() throws InterruptedException {
    String key = queue.get();
    if (key != null) {
      queue.done(key);
    }
    return key;
  }

  @Override
  public void shutDown() {
    queue.shutDown();
  }
}
