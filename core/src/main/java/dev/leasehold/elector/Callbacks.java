package dev.leasehold.elector;

import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the listeners of one elector, one after the other, on a daemon thread of its own.
 *
 * <p>For each term either both {@code onStart} and {@code onStop} are called, or neither, if it was
 * over before its turn came. Thread-safe; no method blocks but by running into a listener's own
 * lock.
 */
final class Callbacks {

  private static final Logger log = LoggerFactory.getLogger(Callbacks.class);

  private final List<LeaderListener> listeners;
  private final ExecutorService executor;
  private volatile @Nullable Thread thread;

  Callbacks(List<LeaderListener> listeners, String threadName) {
    this.listeners = List.copyOf(listeners);
    this.executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread created = new Thread(task, threadName);
              created.setDaemon(true);
              thread = created;
              return created;
            });
  }

  /** Announces a term; the result is to be told of its end. */
  Announced begun(TermView term) {
    Announced announced = new Announced(term);
    run(announced::start);
    return announced;
  }

  void newLeader(String identity) {
    run(() -> each(listener -> listener.onNewLeader(identity)));
  }

  boolean isThread(Thread asked) {
    return asked == thread;
  }

  /** Lets what is due run, and takes nothing more. */
  void close() {
    executor.shutdown();
  }

  private void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException closed) {
      log.debug("A callback came after the elector was closed.", closed);
    }
  }

  private void each(Consumer<LeaderListener> call) {
    for (LeaderListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException | Error broken) {
        log.error("A leader listener failed; the election goes on.", broken);
      }
    }
  }

  /** One term's calls. */
  final class Announced {

    private final TermView term;
    private final Object monitor = new Object();

    /** The thread while the calls of onStart run; null otherwise. Guarded by {@code monitor}. */
    private @Nullable Thread starting;

    /** Guarded by {@code monitor}. */
    private boolean ended;

    /** Confined to the callback thread. */
    private boolean started;

    private Announced(TermView term) {
      this.term = term;
    }

    /**
     * The term is over: interrupts a start that still runs, and calls {@code onStop} after it.
     *
     * @param stopped runs on the callback thread when every listener has returned
     */
    void ended(EndCause cause, Runnable stopped) {
      synchronized (monitor) {
        ended = true;
        if (starting != null) {
          starting.interrupt();
        }
      }
      run(
          () -> {
            if (started) {
              each(listener -> listener.onStop(term, cause));
            }
            stopped.run();
          });
    }

    private void start() {
      synchronized (monitor) {
        if (ended) {
          return;
        }
        starting = Thread.currentThread();
      }
      started = true;
      try {
        each(
            listener -> {
              if (isEnded()) {
                // For one whose listener before has swallowed the interrupt.
                Thread.currentThread().interrupt();
              }
              listener.onStart(term);
            });
      } finally {
        synchronized (monitor) {
          starting = null;
        }
        boolean unused = Thread.interrupted(); // Not for the calls that follow.
      }
    }

    private boolean isEnded() {
      synchronized (monitor) {
        return ended;
      }
    }
  }
}
