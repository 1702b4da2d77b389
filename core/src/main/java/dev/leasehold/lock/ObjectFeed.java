package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed of objects of one kind: a list, then a watch from the list's version.
 *
 * <p>After a lost connection the watch goes on from the last version seen, without a list, so that
 * nothing is hidden; only an expired version (410) or {@link #refresh()} leads to a new list. Lists
 * are consistent reads, never from the API server's cache.
 *
 * <p>Everything happens on one thread of its own; {@code refresh} and {@code close} may be called
 * from any.
 */
abstract class ObjectFeed<T extends HasMetadata> implements LockFeed {

  private static final Logger log = LoggerFactory.getLogger(LeaseFeed.class);
  private static final long FIRST_DELAY_MILLIS = 20;

  private final KubernetesClient client;
  private final String namespace;
  private final ListOptions selection;
  private final LockFormat<T> format;
  private final long maxDelayMillis;
  private final ScheduledExecutorService thread;

  private final AtomicBoolean refreshing = new AtomicBoolean();

  // All below are confined to the thread.
  private @Nullable Consumer<LockEvent> consumer;
  private @Nullable Watch watch;
  private @Nullable String resumeFrom;
  private long connection;
  private long delayMillis = FIRST_DELAY_MILLIS;
  private boolean complained;

  ObjectFeed(
      KubernetesClient client,
      String namespace,
      ListOptions selection,
      Duration maxDelay,
      LockFormat<T> format) {
    this.client = client;
    this.namespace = namespace;
    this.selection = selection;
    this.format = format;
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
  public final void start(Consumer<LockEvent> eventConsumer) {
    onThread(
        () -> {
          consumer = eventConsumer;
          connect();
        });
  }

  @Override
  public final void refresh() {
    if (refreshing.getAndSet(true)) {
      return; // One is due already; a slow list must not gather more of them.
    }
    onThread(
        () -> {
          refreshing.set(false);
          resumeFrom = null;
          disconnect();
          connect();
        });
  }

  @Override
  public final void close() {
    onThread(this::disconnect);
    thread.shutdown();
  }

  private void connect() {
    long current = ++connection;
    String verb = "list";
    try {
      if (resumeFrom == null) {
        list();
      }
      verb = "watch";
      ListOptions from = options();
      from.setResourceVersion(resumeFrom);
      from.setAllowWatchBookmarks(true);
      watch =
          client.resources(format.type()).inNamespace(namespace).watch(from, new Events(current));
      complained = false;
    } catch (RuntimeException failure) {
      retry(verb, failure);
    }
  }

  private void list() {
    KubernetesResourceList<T> list =
        client.resources(format.type()).inNamespace(namespace).list(options());
    resumeFrom = list.getMetadata().getResourceVersion();
    emit(new LockEvent.Listed(list.getItems().stream().map(format::snapshot).toList()));
  }

  private void disconnect() {
    connection++;
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  private void retry(String verb, @Nullable Exception failure) {
    disconnect();
    if (isGone(failure)) {
      resumeFrom = null;
    }
    if (failure != null && !complained) {
      // Once for each outage: the attempts go on, and a term ends by itself if they don't succeed.
      complained = true;
      log.warn(
          "The watch on {} in {} is down and is being retried: {}",
          format.plural(),
          namespace,
          reason(verb, failure));
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

  private void received(Watcher.Action action, T object) {
    if (action == Watcher.Action.ERROR) {
      // It carries no object. What the server could not send may have been an event.
      throw new IllegalStateException("The API server sent an error in the watch.");
    }
    delayMillis = FIRST_DELAY_MILLIS;
    resumeFrom = object.getMetadata().getResourceVersion();
    switch (action) {
      case ADDED, MODIFIED -> emit(new LockEvent.Changed(format.snapshot(object)));
      case DELETED -> {
        LockSnapshot last = format.snapshot(object);
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
      log.debug("The feed of {} is closed.", format.plural(), closed);
    }
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException unreadable) {
        // Whatever could not be taken in leaves a gap, and only a list closes a gap.
        resumeFrom = null;
        retry("watch", unreadable);
      }
    };
  }

  private String reason(String verb, Exception failure) {
    if (isRefused(failure, HttpURLConnection.HTTP_FORBIDDEN)) {
      return format.forbidden(verb, namespace);
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static boolean isGone(@Nullable Exception failure) {
    return (failure instanceof WatcherException ended && ended.isHttpGone())
        || isRefused(failure, HttpURLConnection.HTTP_GONE);
  }

  private static boolean isRefused(@Nullable Throwable failure, int code) {
    return failure != null
        && ((failure instanceof KubernetesClientException refused && refused.getCode() == code)
            || isRefused(failure.getCause(), code));
  }

  /** Hands one connection's events to the thread, unless another connection has replaced it. */
  private final class Events implements Watcher<T> {

    private final long mine;

    Events(long mine) {
      this.mine = mine;
    }

    @Override
    public void eventReceived(Action action, T object) {
      ifCurrent(() -> received(action, object));
    }

    @Override
    public void onClose(WatcherException cause) {
      ifCurrent(() -> retry("watch", cause));
    }

    @Override
    public void onClose() {
      ifCurrent(() -> retry("watch", null));
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
