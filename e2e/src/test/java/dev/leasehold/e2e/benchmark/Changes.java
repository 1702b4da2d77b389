package dev.leasehold.e2e.benchmark;

import dev.leasehold.e2e.scenario.Shop;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A steady stream of changes, one page after the other, and how long each waits until its outcome
 * can be seen.
 */
final class Changes implements AutoCloseable {

  private static final Pattern CONTENT = Pattern.compile("Page (\\d+), revision (\\d+)");

  private final ScheduledExecutorService editor = Executors.newSingleThreadScheduledExecutor();

  /** By page: the changes whose outcome has not been seen. */
  private final Map<Integer, ConcurrentLinkedQueue<Change>> open = new ConcurrentHashMap<>();

  private final ConcurrentLinkedQueue<Change> done = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Watch watch;

  private record Change(int page, int revision, long atNanos, long seenNanos) {}

  /**
   * Begins.
   *
   * @param pages how many pages the shop has
   * @param every the time from one change to the next
   */
  Changes(Shop shop, int pages, Duration every) {
    this.watch =
        shop.client()
            .configMaps()
            .inNamespace(shop.namespace())
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, ConfigMap map) {
                    seen(String.valueOf(map.getData()), System.nanoTime());
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    failure.compareAndSet(null, cause);
                  }
                });
    var unused =
        editor.scheduleAtFixedRate(
            () -> change(shop, pages), 0, every.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void change(Shop shop, int pages) {
    int number = count.getAndIncrement();
    Change change = new Change(number % pages, 1 + number / pages, System.nanoTime(), 0);
    open.computeIfAbsent(change.page(), page -> new ConcurrentLinkedQueue<>()).add(change);
    try {
      shop.change(change.page(), change.revision());
    } catch (RuntimeException refused) {
      failure.compareAndSet(null, refused);
      throw refused;
    }
  }

  private void seen(String content, long nanos) {
    Matcher shown = CONTENT.matcher(content);
    if (!shown.find()) {
      return;
    }
    int page = Integer.parseInt(shown.group(1));
    int revision = Integer.parseInt(shown.group(2));
    ConcurrentLinkedQueue<Change> ofPage =
        open.computeIfAbsent(page, key -> new ConcurrentLinkedQueue<>());
    for (Change each : ofPage) {
      if (each.revision() <= revision && ofPage.remove(each)) {
        done.add(new Change(page, each.revision(), each.atNanos(), nanos));
      }
    }
  }

  /** How long those changes waited that were made at or after that time and are done. */
  Figures waitsSince(long nanos) {
    return Figures.of(
        done.stream()
            .filter(each -> each.atNanos() >= nanos)
            .mapToLong(each -> each.seenNanos() - each.atNanos())
            .toArray());
  }

  /** Changes whose outcome has not been seen. */
  List<String> unseen() {
    List<String> unseen = new ArrayList<>();
    open.values().forEach(all -> all.forEach(each -> unseen.add(each.toString())));
    return unseen;
  }

  /** Makes no more changes; throws what has failed. */
  void stop() throws InterruptedException {
    editor.shutdown();
    if (!editor.awaitTermination(30, TimeUnit.SECONDS) || failure.get() != null) {
      throw new AssertionError("The changes could not be made.", failure.get());
    }
  }

  @Override
  public void close() {
    editor.shutdownNow();
    watch.close();
  }
}
