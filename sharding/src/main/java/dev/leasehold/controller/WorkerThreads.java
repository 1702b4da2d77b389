package dev.leasehold.controller;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads that workers run on: named, and daemons. */
final class WorkerThreads {

  private static final int FIRST_WITH_VIRTUAL = 21;

  private WorkerThreads() {}

  /** Threads of the operating system, named by a prefix and a number from 1. */
  static ThreadFactory platform(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Virtual threads, named alike; found by reflection, since the code is compiled for older Java.
   *
   * @throws UnsupportedOperationException if this Java has none
   */
  static ThreadFactory virtual(String prefix) {
    requireVirtual();
    try {
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Object named = type.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
      return (ThreadFactory) type.getMethod("factory").invoke(named);
    } catch (ReflectiveOperationException missing) {
      throw new UnsupportedOperationException(
          "This Java has no virtual threads where they are expected.", missing);
    }
  }

  /** Throws with one sentence if this Java has no virtual threads. */
  static void requireVirtual() {
    int feature = Runtime.version().feature();
    if (feature < FIRST_WITH_VIRTUAL) {
      throw new UnsupportedOperationException(
          "Virtual threads need Java %d or later, and this is Java %d: leave virtualThreads() out or run on a later one."
              .formatted(FIRST_WITH_VIRTUAL, feature));
    }
  }
}
