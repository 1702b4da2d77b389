package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed of Leases: a list, then a watch from the list's version.
 *
 * <p>After a lost connection the watch goes on from the last version seen, without a list, so that
 * nothing is hidden; only an expired version (410) or {@link #refresh()} leads to a new list. Lists
 * are consistent reads, never from the API server's cache.
 *
 * <p>Everything happens on one thread of its own; {@code refresh} and {@code close} may be called
 * from any.
 */
public final class LeaseFeed implements LockFeed {

  private static final Logger log = LoggerFactory.getLogger(LeaseFeed.class);
  private static final long FIRST_DELAY_MILLIS = 20;

  private final KubernetesClient client;
  private final String namespace;
  private final ListOptions selection;
  private final long maxDelayMillis;
  private final ScheduledExecutorService thread;

  // All below are confined to the thread.
  private @Nullable Consumer<LockEvent> consumer;
  private @Nullable Watch watch;
  private @Nullable String resumeFrom;
  private long connection;
  private long delayMillis = FIRST_DELAY_MILLIS;
  private boolean complained;

  /**
   * Creates a feed; nothing is sent before it is started.
   *
   * @param client a client of its own, see {@link LeaseClient}; closed by whoever made it
   * @param namespace where the Leases are
   * @param selection which of them, by label or field selector
   * @param maxDelay the longest pause between two attempts to connect
   */
  public LeaseFeed(
      KubernetesClient client, String namespace, ListOptions selection, Duration maxDelay) {
    this.client = client;
    this.namespace = namespace;
    this.selection = selection;
    this.maxDelayMillis = maxDelay.toMillis();
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread created = new Thread(task, "leasehold-feed");
              created.setDaemon(true);
              return created;
            });
  }

  @Override
  public void start(Consumer<LockEvent> eventConsumer) {
    onThread(
        () -> {
          consumer = eventConsumer;
          connect();
        });
  }

  @Override
  public void refresh() {
    onThread(
        () -> {
          resumeFrom = null;
          disconnect();
          connect();
        });
  }

  @Override
  public void close() {
    onThread(this::disconnect);
    thread.shutdown();
  }

  private void connect() {
    long current = ++connection;
    try {
      if (resumeFrom == null) {
        list();
      }
      ListOptions from = options();
      from.setResourceVersion(resumeFrom);
      from.setAllowWatchBookmarks(true);
      watch = client.leases().inNamespace(namespace).watch(from, new Events(current));
      complained = false;
    } catch (RuntimeException failure) {
      retry(failure);
    }
  }

  private void list() {
    LeaseList list = client.leases().inNamespace(namespace).list(options());
    resumeFrom = list.getMetadata().getResourceVersion();
    emit(new LockEvent.Listed(list.getItems().stream().map(LeaseFormat::snapshot).toList()));
  }

  private void disconnect() {
    connection++;
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  private void retry(@Nullable Exception failure) {
    disconnect();
    if (isGone(failure)) {
      resumeFrom = null;
    }
    if (failure != null && !complained) {
      // Once for each outage: the attempts go on, and a term ends by itself if they don't succeed.
      complained = true;
      log.warn(
          "The watch on Leases in {} is down and is being retried: {}", namespace, reason(failure));
    }
    long current = connection;
    onThread(
        delayMillis,
        () -> {
          if (connection == current) {
            connect();
          }
        });
    delayMillis = Math.min(maxDelayMillis, delayMillis * 2);
  }

  private void received(Watcher.Action action, Lease lease) {
    delayMillis = FIRST_DELAY_MILLIS;
    resumeFrom = lease.getMetadata().getResourceVersion();
    switch (action) {
      case ADDED, MODIFIED -> emit(new LockEvent.Changed(LeaseFormat.snapshot(lease)));
      case DELETED -> {
        LockSnapshot last = LeaseFormat.snapshot(lease);
        emit(new LockEvent.Deleted(last.name(), last.version()));
      }
      case BOOKMARK, ERROR -> {
        // A bookmark only moves the version on; errors close the watch.
      }
    }
  }

  private void emit(LockEvent event) {
    Consumer<LockEvent> to = consumer;
    if (to != null) {
      to.accept(event);
    }
  }

  private ListOptions options() {
    ListOptions options = new ListOptions();
    options.setLabelSelector(selection.getLabelSelector());
    options.setFieldSelector(selection.getFieldSelector());
    return options;
  }

  private void onThread(Runnable task) {
    onThread(0, task);
  }

  private void onThread(long afterMillis, Runnable task) {
    try {
      Future<?> unused = thread.schedule(guarded(task), afterMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      log.debug("The feed of Leases is closed.", closed);
    }
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException unreadable) {
        // Whatever could not be taken in leaves a gap, and only a list closes a gap.
        resumeFrom = null;
        retry(unreadable);
      }
    };
  }

  private static boolean isGone(@Nullable Exception failure) {
    return (failure instanceof WatcherException ended && ended.isHttpGone())
        || (failure instanceof KubernetesClientException refused && refused.getCode() == 410);
  }

  private static String reason(Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Hands one connection's events to the thread, unless another connection has replaced it. */
  private final class Events implements Watcher<Lease> {

    private final long mine;

    Events(long mine) {
      this.mine = mine;
    }

    @Override
    public void eventReceived(Action action, Lease lease) {
      ifCurrent(() -> received(action, lease));
    }

    @Override
    public void onClose(WatcherException cause) {
      ifCurrent(() -> retry(cause));
    }

    @Override
    public void onClose() {
      ifCurrent(() -> retry(null));
    }

    private void ifCurrent(Runnable task) {
      onThread(
          () -> {
            if (connection == mine) {
              task.run();
            }
          });
    }
  }
}
