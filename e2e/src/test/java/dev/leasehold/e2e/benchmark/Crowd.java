package dev.leasehold.e2e.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** Producers that each add a part of the keys when told to, and workers that run whatever comes. */
final class Crowd {

  /** Counters this far apart share no cache line. */
  private static final int APART = 16;

  private static final long LOOK_NANOS = 20_000;

  private final Contender queue;
  private final String[] keys;
  private final int producers;
  private final CyclicBarrier starting;
  private final AtomicLongArray runs;
  private final List<Thread> threads = new ArrayList<>();
  private long expected;

  Crowd(Contender queue, String[] keys, int producers, int workers) {
    this.queue = queue;
    this.keys = keys;
    this.producers = producers;
    this.starting = new CyclicBarrier(producers + 1);
    this.runs = new AtomicLongArray((workers + 1) * APART);
    for (int i = 0; i < producers; i++) {
      int producer = i;
      threads.add(new Thread(() -> produce(producer), "producer-" + i));
    }
    for (int i = 1; i <= workers; i++) {
      int counter = i * APART;
      threads.add(new Thread(() -> work(counter), "worker-" + i));
    }
  }

  void start() {
    threads.forEach(
        thread -> {
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Has all keys added and waits until each has run. */
  void runAll() throws InterruptedException, BrokenBarrierException {
    expected += keys.length;
    starting.await();
    while (ran() < expected) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  void stop() throws InterruptedException {
    queue.shutDown();
    starting.reset();
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  private long ran() {
    long sum = 0;
    for (int i = 0; i < runs.length(); i += APART) {
      sum += runs.get(i);
    }
    return sum;
  }

  private void produce(int producer) {
    try {
      while (true) {
        starting.await();
        for (int i = producer; i < keys.length; i += producers) {
          queue.add(keys[i]);
        }
      }
    } catch (InterruptedException | BrokenBarrierException stopped) {
      // That is how a trial ends.
    }
  }

  private void work(int counter) {
    try {
      for (long ran = 1; queue.runNext() != null; ran++) {
        runs.setRelease(counter, ran);
      }
    } catch (InterruptedException stopped) {
      // That is how a trial ends.
    }
  }
}
