package dev.leasehold.samples.demo;

import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One watch on the embedded API server: events go out in their order, on a thread of its own, since
 * sending blocks. Nothing here blocks the caller. Thread-safe.
 */
final class WatchStream extends WebSocketListener {

  private static final int NORMAL_CLOSURE = 1000;

  private final AttributeSet query;
  private final Consumer<WatchStream> opened;
  private final Consumer<WatchStream> closed;
  private final ExecutorService sender =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "demo-watch");
            thread.setDaemon(true);
            return thread;
          },
          // Whoever is gone misses nothing.
          new ThreadPoolExecutor.DiscardPolicy());
  private volatile @Nullable WebSocket socket;

  /**
   * A watch that is not connected yet.
   *
   * @param query what it selects
   * @param opened called once it is connected
   * @param closed called once it no longer is
   */
  WatchStream(AttributeSet query, Consumer<WatchStream> opened, Consumer<WatchStream> closed) {
    this.query = query;
    this.opened = opened;
    this.closed = closed;
  }

  boolean selects(AttributeSet object) {
    return object.matches(query);
  }

  /**
   * Queues an event; it is lost if the watch is closed.
   *
   * @param action what happened
   * @param state the object, in JSON
   */
  void send(Action action, String state) {
    String event = "{\"type\":\"%s\",\"object\":%s}".formatted(action, state);
    sender.execute(
        () -> {
          WebSocket to = socket;
          if (to != null) {
            boolean unused = to.send(event);
          }
        });
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    socket = webSocket;
    opened.accept(this);
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    end();
    boolean unused = webSocket.close(NORMAL_CLOSURE, "");
  }

  @Override
  public void onClosed(WebSocket webSocket, int code, String reason) {
    end();
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable cause, Response response) {
    end();
  }

  private void end() {
    closed.accept(this);
    sender.shutdownNow();
  }
}
