package dev.leasehold.controller;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for SIGTERM or SIGINT without letting the JVM begin its shutdown, so that the process can
 * drain in peace and exit with 0. A second signal ends the process at once.
 *
 * <p>The JDK offers signals only in {@code sun.misc}, which is exported by {@code jdk.unsupported}
 * but not for compiling against without a warning; hence the reflection. Where that fails, a
 * shutdown hook serves, and the exit code is the JVM's own.
 */
final class Termination {

  private static final Logger log = LoggerFactory.getLogger(Termination.class);

  /** What a shell reports for a process that SIGTERM has ended. */
  private static final int TERMINATED = 128 + 15;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);

  private final Runnable onRequest;

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
      termination.handle("TERM");
      termination.handle("INT");
    } catch (ReflectiveOperationException | RuntimeException unsupported) {
      log.debug("This JVM doesn't hand out signals; a shutdown hook serves.", unsupported);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(termination::signalledByHook, "leasehold-shutdown"));
    }
    return termination;
  }

  /** Whether a signal has come. */
  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Says that everything is done and the JVM may end. */
  void finish() {
    finished.countDown();
  }

  private void signalled() {
    if (requested.getCount() == 0) {
      // Nothing is released on this way out: what has not stopped keeps its Lease until it expires.
      Runtime.getRuntime().halt(TERMINATED);
    }
    requested.countDown();
    onRequest.run();
  }

  private void signalledByHook() {
    requested.countDown();
    onRequest.run();
    try {
      finished.await();
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(String name) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    InvocationHandler invocation =
        (proxy, method, arguments) -> {
          return switch (method.getName()) {
            case "handle" -> {
              signalled();
              yield null;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "leasehold termination";
          };
        };
    Object handler =
        Proxy.newProxyInstance(
            Termination.class.getClassLoader(), new Class<?>[] {handlerType}, invocation);
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
  }
}
