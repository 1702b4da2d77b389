package dev.leasehold.controller;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Signals that are handled by this process itself rather than end the JVM.
 *
 * <p>The JDK offers them only in {@code sun.misc}, which is exported by {@code jdk.unsupported} but
 * not for compiling against without a warning; hence the reflection.
 */
final class Signals {

  private static final String PACKAGE = "sun.misc.";

  private Signals() {}

  /** A handler in its place. */
  interface Handling {

    /** Puts back whatever handled the signal before. */
    void end();
  }

  /**
   * Handles a signal from now on.
   *
   * @param name without SIG, such as TERM
   * @param task run on a thread of the JVM's for each signal, maybe for several at once
   * @throws UnsupportedOperationException if this JVM doesn't hand out that signal
   */
  static Handling handle(String name, Runnable task) {
    try {
      Class<?> handlerType = Class.forName(PACKAGE + "SignalHandler");
      Object signal =
          Class.forName(PACKAGE + "Signal").getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handlerType}, calling(task));
      Object before = put(signal, handlerType, handler);
      return () -> putBack(signal, handlerType, before);
    } catch (ReflectiveOperationException | RuntimeException refused) {
      throw new UnsupportedOperationException(
          "This JVM doesn't hand out SIG%s.".formatted(name), refused);
    }
  }

  private static InvocationHandler calling(Runnable task) {
    return (proxy, method, arguments) ->
        switch (method.getName()) {
          case "handle" -> {
            task.run();
            yield null;
          }
          case "equals" -> arguments != null && proxy == arguments[0];
          case "hashCode" -> System.identityHashCode(proxy);
          default -> "leasehold termination";
        };
  }

  private static Object put(Object signal, Class<?> handlerType, Object handler)
      throws ReflectiveOperationException {
    Class<?> signalType = signal.getClass();
    try {
      return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw refused;
    }
  }

  private static void putBack(Object signal, Class<?> handlerType, Object before) {
    try {
      put(signal, handlerType, before);
    } catch (ReflectiveOperationException never) {
      throw new IllegalStateException(never);
    }
  }
}
