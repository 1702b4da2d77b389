package dev.leasehold.e2e.sidebyside.contender;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a reconcile does, the same in each library: without {@code work-millis} it says when it
 * began, and what the object says of its change; with them it waits so long, as for another
 * system's answer, and wants the key again at once. Thread-safe.
 */
final class Work {

  private final Voice voice;
  private final Duration wait;
  private final AtomicLong runs = new AtomicLong();

  Work(Arguments arguments, Voice voice) {
    this.voice = voice;
    this.wait = arguments.millis("work-millis");
  }

  /**
   * Reconciles.
   *
   * @return whether the key is wanted again
   */
  boolean run(String key, @Nullable ConfigMap object) throws InterruptedException {
    long began = System.nanoTime();
    if (!wait.isZero()) {
      Thread.sleep(wait.toMillis());
      runs.incrementAndGet();
      return true;
    }
    Map<String, String> data = object == null ? null : object.getData();
    voice.say("run", key, began, data == null ? "0" : data.getOrDefault("changed", "0"));
    return false;
  }

  /** How many runs have ended that waited. */
  long runs() {
    return runs.get();
  }
}
