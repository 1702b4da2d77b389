package dev.leasehold.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for SIGTERM or SIGINT without letting the JVM begin its shutdown, so that the process can
 * drain in peace and exit with 0. A second signal ends the process at once.
 *
 * <p>Where the JVM doesn't hand out signals, a shutdown hook serves: the exit code is the JVM's own
 * then, and a second signal changes nothing, as the JVM takes none once it shuts down.
 *
 * <p>Once closed, signals do what they did before.
 */
final class Termination implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Termination.class);

  private final AtomicBoolean requested = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final List<Runnable> undoing = new ArrayList<>();
  private final Runnable onRequest;

  /** The signals that ask a process to end. */
  private enum Request {
    TERM(15),
    INT(2);

    private final int number;

    Request(int number) {
      this.number = number;
    }

    /** What a shell reports for a process that this signal has ended. */
    int exitCode() {
      return 128 + number;
    }
  }

  private Termination(Runnable onRequest) {
    this.onRequest = onRequest;
  }

  /**
   * Begins to listen.
   *
   * @param onRequest called on a thread of the JVM's when the first signal has come
   */
  static Termination listen(Runnable onRequest) {
    Termination termination = new Termination(onRequest);
    try {
      for (Request request : Request.values()) {
        Signals.Handling handling =
            Signals.handle(request.name(), () -> termination.signalled(request));
        termination.undoing.add(handling::end);
      }
    } catch (UnsupportedOperationException unsupported) {
      log.debug("A shutdown hook serves.", unsupported);
      termination.listenByHook();
    }
    return termination;
  }

  private void listenByHook() {
    Thread hook = new Thread(this::signalledByHook, "leasehold-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    undoing.add(
        () -> {
          try {
            Runtime.getRuntime().removeShutdownHook(hook);
          } catch (IllegalStateException running) {
            log.debug("The hook has served.", running);
          }
        });
  }

  /** Whether a signal has come. */
  boolean isRequested() {
    return requested.get();
  }

  /** Listens no more: everything is done, and the JVM may end. */
  @Override
  public void close() {
    undoing.forEach(Runnable::run);
    finished.countDown();
  }

  private void signalled(Request request) {
    if (requested.getAndSet(true)) {
      // Nothing is released on this way out: what has not stopped keeps its Lease until it expires.
      Runtime.getRuntime().halt(request.exitCode());
    }
    onRequest.run();
  }

  private void signalledByHook() {
    requested.set(true);
    onRequest.run();
    try {
      finished.await();
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }
}
