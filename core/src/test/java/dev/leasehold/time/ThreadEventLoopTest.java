package dev.leasehold.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadEventLoopTest {

  private final ThreadEventLoop loop = new ThreadEventLoop("loop", Clocks.system());
  private final List<String> ran = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void aTaskThatThrowsDoesNotKillTheLoop() throws InterruptedException {
    loop.execute(
        () -> {
          throw new IllegalStateException("task");
        });
    loop.execute(
        () -> {
          throw new AssertionError("task");
        });
    loop.execute(() -> ran.add("after"));
    flush();
    assertThat(ran).containsExactly("after");
    assertThat(loop.isTorn()).isFalse();
  }

  @Test
  void aTaskThatRunsOutOfMemoryIsNotForgotten() throws InterruptedException {
    loop.execute(
        () -> {
          throw new OutOfMemoryError("task");
        });
    loop.execute(() -> ran.add("after"));
    flush();
    assertThat(ran).containsExactly("after");
    assertThat(loop.isTorn()).isTrue();
  }

  @Test
  void aCancelledTimerNeverRunsThoughItWasDue() throws InterruptedException {
    loop.execute(
        () -> {
          EventLoop.Timer timer =
              loop.schedule(loop.clocks().now().nanos() - 1, () -> ran.add("cancelled"));
          timer.cancel();
        });
    flush();
    flush();
    assertThat(ran).isEmpty();
  }

  @Test
  void tasksRunInTheirOrder() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      String name = "" + i;
      loop.execute(() -> ran.add(name));
    }
    flush();
    assertThat(ran.get(0)).isEqualTo("0");
    assertThat(ran).hasSize(100).isSortedAccordingTo((a, b) -> a.length() - b.length());
  }

  @Test
  void aClosedLoopDropsWhatComes() {
    loop.close();
    loop.execute(() -> ran.add("late"));
    loop.schedule(0, () -> ran.add("late")).cancel();
    assertThat(ran).isEmpty();
  }

  private void flush() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
