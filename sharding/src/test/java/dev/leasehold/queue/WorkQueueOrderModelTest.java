package dev.leasehold.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * One bucket against a model that knows which key comes next: by its lane, by the end of its
 * backoff, by a rate limit that binds. Many keys at once, forgotten failures and shutdowns among
 * them.
 */
class WorkQueueOrderModelTest {

  private static final int KEYS = 12;
  private static final long MILLI = 1_000_000;
  private static final long FIRST = 10 * MILLI;
  private static final long MAX = 40 * MILLI;
  private static final long NANOS_PER_RETRY = 20 * MILLI;
  private static final int BURST = 2;

  record Step(Kind kind, int key, int number, Lane lane) {}

  enum Kind {
    ADD,
    ADD_ALL,
    TAKE,
    DONE,
    FAILED,
    FORGET,
    PASS,
    SHUT_DOWN
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(60, Arbitraries.of(Kind.ADD, Kind.TAKE)),
            Tuple.of(40, Arbitraries.of(Kind.DONE, Kind.FAILED, Kind.FAILED)),
            Tuple.of(20, Arbitraries.of(Kind.ADD_ALL, Kind.FORGET, Kind.PASS, Kind.PASS)),
            Tuple.of(1, Arbitraries.of(Kind.SHUT_DOWN)));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, KEYS - 1),
            Arbitraries.integers().between(1, 12),
            Arbitraries.of(Lane.class))
        .as(Step::new)
        .list()
        .ofMinSize(50)
        .ofMaxSize(300);
  }

  @Property(tries = 1000)
  void nextKeyIsTheOneWhoseTurnItIs(@ForAll("histories") List<Step> history) {
    Comparison comparison = new Comparison();
    history.forEach(comparison::apply);
  }

  private enum Place {
    NOWHERE,
    LIVE,
    BACKGROUND,
    WAITING,
    RUNNING
  }

  private static final class Key {
    final int number;
    Place place = Place.NOWHERE;
    Lane lane = Lane.BACKGROUND;
    int failures;
    long due;
    @Nullable Lane again;

    Key(int number) {
      this.number = number;
    }
  }

  private static final class Comparison {
    private final FakeClocks clocks = new FakeClocks();
    private final WorkQueue<Integer> queue =
        new WorkQueue<>(
            key -> 0,
            clocks,
            new Backoff(Duration.ofNanos(FIRST), Duration.ofNanos(MAX), 0, new SplittableRandom(1)),
            new RateLimit(1e9 / NANOS_PER_RETRY, BURST));
    private final List<Key> keys = new ArrayList<>();
    private final ArrayDeque<Key> live = new ArrayDeque<>();
    private final ArrayDeque<Key> background = new ArrayDeque<>();
    private final List<Work<Integer>> running = new ArrayList<>();
    private long now;

    /** Tokens, in the time that it takes to fill them in. */
    private long tokens = BURST * NANOS_PER_RETRY;

    private int passedOver;
    private boolean isShutDown;

    Comparison() {
      for (int number = 0; number < KEYS; number++) {
        keys.add(new Key(number));
      }
      queue.open(new Bucket("model", 0, 1), new FakeTerm(1));
    }

    void apply(Step step) {
      // So that no two keys are due at the same moment.
      pass(1);
      switch (step.kind()) {
        case ADD -> assertThat(queue.add(step.key(), step.lane())).isEqualTo(!isShutDown);
        case ADD_ALL ->
            assertThat(queue.addAll(0, some(step).iterator(), step.lane())).isEqualTo(!isShutDown);
        case TAKE -> take();
        case DONE, FAILED -> end(step);
        case FORGET -> forget(step);
        case PASS -> pass(step.number() * MILLI);
        case SHUT_DOWN -> shutDown();
      }
      switch (step.kind()) {
        case ADD -> add(keys.get(step.key()), step.lane());
        case ADD_ALL -> some(step).forEach(number -> add(keys.get(number), step.lane()));
        default -> {}
      }
    }

    /** Some keys in a row, going round. */
    private static List<Integer> some(Step step) {
      List<Integer> some = new ArrayList<>();
      for (int i = 0; i < step.number(); i++) {
        some.add((step.key() + i) % KEYS);
      }
      return some;
    }

    /** Of a key that has failed, if there is one. */
    private void forget(Step step) {
      List<Key> failed = keys.stream().filter(key -> key.failures > 0).toList();
      Key key = failed.isEmpty() ? keys.get(step.key()) : failed.get(step.key() % failed.size());
      queue.forget(key.number);
      key.failures = 0;
    }

    private void add(Key key, Lane lane) {
      if (isShutDown) {
        return;
      }
      switch (key.place) {
        case NOWHERE -> line(key, lane);
        case BACKGROUND -> {
          if (lane == Lane.LIVE) {
            background.remove(key);
            line(key, lane);
          }
        }
        case WAITING -> {
          if (lane == Lane.LIVE) {
            line(key, lane);
          }
        }
        case RUNNING -> key.again = key.again == Lane.LIVE ? Lane.LIVE : lane;
        case LIVE -> {}
      }
    }

    private void line(Key key, Lane lane) {
      key.lane = lane;
      key.place = lane == Lane.LIVE ? Place.LIVE : Place.BACKGROUND;
      (lane == Lane.LIVE ? live : background).addLast(key);
    }

    private void take() {
      admitRetries();
      Key expected = next();
      Work<Integer> work = queue.poll();
      if (expected == null) {
        assertThat(work).isNull();
        return;
      }
      Objects.requireNonNull(work, "wanted, but not given out");
      assertThat(work.key()).isEqualTo(expected.number);
      assertThat(work.lane()).isEqualTo(expected.lane);
      assertThat(work.attempt()).isEqualTo(expected.failures + 1);
      expected.place = Place.RUNNING;
      running.add(work);
    }

    /** The retries that are due, in the order of their times, for as long as there are tokens. */
    private void admitRetries() {
      List<Key> due =
          keys.stream()
              .filter(key -> key.place == Place.WAITING && key.due <= now)
              .sorted(Comparator.comparingLong(key -> key.due))
              .toList();
      for (Key key : due) {
        if (tokens < NANOS_PER_RETRY) {
          return;
        }
        tokens -= NANOS_PER_RETRY;
        line(key, key.lane);
      }
    }

    /** News first; but of nine that are taken while something waits behind, the last is of that. */
    private @Nullable Key next() {
      boolean isBehind = !background.isEmpty();
      if (live.isEmpty() || (isBehind && passedOver == 8)) {
        passedOver = 0;
        return background.pollFirst();
      }
      passedOver = isBehind ? passedOver + 1 : 0;
      return live.pollFirst();
    }

    private void end(Step step) {
      if (running.isEmpty()) {
        return;
      }
      Work<Integer> work = running.remove(step.key() % running.size());
      Key key = keys.get(work.key());
      boolean hasFailed = step.kind() == Kind.FAILED;
      if (hasFailed) {
        queue.failed(work);
      } else {
        queue.done(work);
      }
      if (isShutDown) {
        return;
      }
      key.failures = hasFailed ? key.failures + 1 : 0;
      key.place = Place.NOWHERE;
      if (key.again != null) {
        line(key, key.again);
      } else if (hasFailed) {
        key.place = Place.WAITING;
        key.due = now + Math.min(MAX, FIRST << Math.min(10, key.failures - 1));
      }
      key.again = null;
    }

    private void pass(long nanos) {
      now += nanos;
      tokens = Math.min(BURST * NANOS_PER_RETRY, tokens + nanos);
      clocks.pass(Duration.ofNanos(nanos));
    }

    private void shutDown() {
      List<String> told = new ArrayList<>();
      queue.shutDown(() -> told.add("drained"));
      assertThat(told.isEmpty()).isEqualTo(!running.isEmpty());
      isShutDown = true;
      live.clear();
      background.clear();
      keys.forEach(key -> key.place = Place.NOWHERE);
    }
  }
}
