package dev.leasehold.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the queue does to threads that wait in it. */
@Timeout(60)
class WorkQueueThreadsTest {

  private static final int WORKERS = 4;

  private final List<Thread> started = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task);
            started.add(thread);
            return thread;
          });
  private final WorkQueue<Integer> queue =
      new WorkQueue<>(
          key -> key % 4,
          Clocks.system(),
          new Backoff(Duration.ofNanos(1), Duration.ofMillis(1), 0.5, new SplittableRandom(1)),
          new RateLimit(1_000_000, 1000));

  @AfterEach
  void stop() throws InterruptedException {
    queue.shutDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aShutdownThatComesAsAThreadIsAboutToWaitIsNotMissed() throws Exception {
    AtomicReference<@Nullable WorkQueue<Integer>> late = new AtomicReference<>();
    // The thread reads the clock after it has last looked for a shutdown, and before it waits.
    Clocks clocks =
        () -> {
          requireNonNull(late.get()).shutDown();
          return Clocks.system().now();
        };
    late.set(
        new WorkQueue<>(
            key -> 0,
            clocks,
            new Backoff(Duration.ofNanos(1), Duration.ofMillis(1), 0.5, new SplittableRandom(1)),
            new RateLimit(1_000_000, 1000)));

    assertThat(threads.submit(() -> requireNonNull(late.get()).take()).get(10, TimeUnit.SECONDS))
        .isNull();
  }

  @Test
  void workersWaitingInTakeGetEveryKeyAndNeverOneKeyTwiceAtOnce() throws Exception {
    openAll();
    int keys = 2000;
    CountDownLatch seen = new CountDownLatch(keys);
    ConcurrentHashMap<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();
    ConcurrentHashMap<Integer, Boolean> inside = new ConcurrentHashMap<>();
    AtomicInteger overlaps = new AtomicInteger();
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      workers.add(
          threads.submit(
              () -> {
                for (Work<Integer> work = queue.take(); work != null; work = queue.take()) {
                  int key = work.key();
                  if (inside.putIfAbsent(key, true) != null) {
                    overlaps.incrementAndGet();
                  }
                  int run = runs.computeIfAbsent(key, any -> new AtomicInteger()).incrementAndGet();
                  if (run <= 2 && key % 2 == 0) {
                    // News of a key that runs is what might let it run twice.
                    queue.add(key, Lane.LIVE);
                  }
                  // For the others to get in, if they can.
                  LockSupport.parkNanos(1);
                  inside.remove(key);
                  if (run == 1) {
                    queue.failed(work);
                  } else if (run == 2) {
                    queue.doneUntil(work, Duration.ofNanos(key));
                  } else {
                    queue.done(work);
                    if (run == 3) {
                      seen.countDown();
                    }
                  }
                }
                return null;
              }));
    }
    for (int key = 0; key < keys; key++) {
      if (key % 3 == 0) {
        queue.addAfter(key, Lane.LIVE, Duration.ofNanos(1000L * key));
      } else {
        queue.add(key, key % 3 == 1 ? Lane.LIVE : Lane.BACKGROUND);
      }
    }
    boolean isComplete = seen.await(30, TimeUnit.SECONDS);
    // Said first, since it may be the reason why keys are missing.
    assertThat(overlaps).hasValue(0);
    assertThat(isComplete).isTrue();
    queue.shutDown();
    for (Future<?> worker : workers) {
      worker.get(10, TimeUnit.SECONDS);
    }
    assertThat(overlaps).hasValue(0);
  }

  @Test
  void workerWaitingForALateKeyIsWokenByAnEarlierOne() throws Exception {
    openAll();
    queue.addAfter(1, Lane.LIVE, Duration.ofDays(1));
    Future<Work<Integer>> first = threads.submit(queue::take);
    awaitStates(Thread.State.TIMED_WAITING);
    Future<Work<Integer>> second = threads.submit(queue::take);
    awaitStates(Thread.State.TIMED_WAITING, Thread.State.WAITING);
    queue.addAfter(2, Lane.LIVE, Duration.ofMillis(1));
    assertThat(first.get(10, TimeUnit.SECONDS).key()).isEqualTo(2);
    queue.add(3, Lane.LIVE);
    assertThat(second.get(10, TimeUnit.SECONDS).key()).isEqualTo(3);
  }

  @Test
  void interruptedWorkerHandsItsWatchOverTheTimeToAnother() throws Exception {
    openAll();
    queue.addAfter(1, Lane.LIVE, Duration.ofDays(1));
    Future<Work<Integer>> first = threads.submit(queue::take);
    awaitStates(Thread.State.TIMED_WAITING);
    Future<Work<Integer>> second = threads.submit(queue::take);
    awaitStates(Thread.State.TIMED_WAITING, Thread.State.WAITING);
    first.cancel(true);
    Awaitility.await().until(() -> started.get(1).getState() == Thread.State.TIMED_WAITING);
    queue.add(1, Lane.LIVE);
    assertThat(second.get(10, TimeUnit.SECONDS).key()).isEqualTo(1);
  }

  @Test
  void shutDownLetsAllWaitersGo() throws Exception {
    openAll();
    queue.addAfter(1, Lane.LIVE, Duration.ofDays(1));
    List<Future<Work<Integer>>> waiters = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      waiters.add(threads.submit(queue::take));
    }
    queue.shutDown();
    for (Future<Work<Integer>> waiter : waiters) {
      assertThat(waiter.get(10, TimeUnit.SECONDS)).isNull();
    }
  }

  /** Waits until the threads, in the order of their start, are in these states. */
  private void awaitStates(Thread.State... states) {
    Awaitility.await()
        .until(() -> started.stream().map(Thread::getState).toList().equals(List.of(states)));
  }

  private void openAll() {
    for (int bucket = 0; bucket < 4; bucket++) {
      queue.open(new Bucket("webpage", bucket, 4), new FakeTerm(1));
    }
  }
}
