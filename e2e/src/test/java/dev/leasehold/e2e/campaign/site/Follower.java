package dev.leasehold.e2e.campaign.site;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.leasehold.e2e.campaign.check.LeaseLog.Gap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every version of some objects, by a watch that goes on where it was broken; if it can't, it
 * begins anew with a list and remembers what it may have missed. Unlike an informer it doesn't skip
 * versions, and it doesn't wait long before it tries again.
 *
 * <p>Thread-safe. What is seen is told on threads of the client's and of its own, in order.
 */
final class Follower<T extends HasMetadata, L extends KubernetesResourceList<T>>
    implements Watcher<T>, AutoCloseable {

  private static final long AGAIN_MILLIS = 50;

  private final NonNamespaceOperation<T, L, ? extends Resource<T>> objects;
  private final Consumer<T> seen;
  private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor();

  @GuardedBy("this") private final List<Gap> gaps = new ArrayList<>();

  @GuardedBy("this") private @Nullable Watch watch;

  @GuardedBy("this") private long last;

  /**
   * Begins to follow.
   *
   * @param objects which
   * @param seen told of each version
   */
  Follower(NonNamespaceOperation<T, L, ? extends Resource<T>> objects, Consumer<T> seen) {
    this.objects = objects;
    this.seen = seen;
    var unused = again.submit(this::begin);
  }

  private void begin() {
    try {
      L list = objects.list();
      String version = list.getMetadata().getResourceVersion();
      synchronized (this) {
        gaps.add(new Gap(last, Long.parseLong(version)));
        list.getItems().forEach(this::take);
        last = Long.parseLong(version);
      }
      Watch begun =
          objects.watch(new ListOptionsBuilder().withResourceVersion(version).build(), this);
      synchronized (this) {
        watch = begun;
      }
    } catch (KubernetesClientException notNow) {
      beginLater();
    }
  }

  private void beginLater() {
    if (!again.isShutdown()) {
      var unused = again.schedule(this::begin, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void take(T object) {
    last = Math.max(last, Long.parseLong(object.getMetadata().getResourceVersion()));
    seen.accept(object);
  }

  @Override
  public void eventReceived(Action action, T object) {
    if (action == Action.ADDED || action == Action.MODIFIED) {
      take(object);
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    beginLater();
  }

  /** The newest version that was seen. */
  synchronized long last() {
    return last;
  }

  /** What it may have missed since its first list. */
  synchronized List<Gap> gaps() {
    return gaps.isEmpty() ? List.of() : List.copyOf(gaps.subList(1, gaps.size()));
  }

  @Override
  public void close() {
    again.shutdownNow();
    Watch open;
    synchronized (this) {
      open = watch;
    }
    if (open != null) {
      open.close();
    }
  }
}
