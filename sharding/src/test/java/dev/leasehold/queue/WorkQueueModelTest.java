package dev.leasehold.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The queue against a model that knows only which keys are wanted and when: what comes out is
 * wanted, and when nothing comes out, nothing is wanted.
 */
class WorkQueueModelTest {

  private static final int KEYS = 6;
  private static final int BUCKETS = 2;
  private static final long FIRST_MILLIS = 4;
  private static final long MAX_MILLIS = 64;

  /** One step of a history: of which kind, on which key or bucket, with which number. */
  record Step(Kind kind, int target, long millis, Lane lane) {}

  enum Kind {
    ADD,
    ADD_AFTER,
    TAKE,
    DONE,
    DONE_UNTIL,
    FAILED,
    PUT_BACK,
    PASS,
    OPEN,
    CLOSE,
    END_TERM
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.of(Kind.ADD, Kind.ADD_AFTER, Kind.TAKE)),
            Tuple.of(8, Arbitraries.of(Kind.DONE, Kind.DONE_UNTIL, Kind.FAILED, Kind.PUT_BACK)),
            Tuple.of(4, Arbitraries.of(Kind.PASS)),
            Tuple.of(1, Arbitraries.of(Kind.OPEN, Kind.CLOSE, Kind.END_TERM)));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, KEYS - 1),
            Arbitraries.longs().between(0, 20),
            Arbitraries.of(Lane.class))
        .as(Step::new)
        .list()
        .ofMaxSize(200);
  }

  @Property(tries = 2000)
  void queueGivesOutExactlyWhatIsWanted(@ForAll("histories") List<Step> history) {
    Comparison comparison = new Comparison();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      comparison.open(bucket);
    }
    history.forEach(comparison::apply);
    comparison.drain();
  }

  /** What the model knows of a key. */
  private static final class Wanted {
    boolean ready;
    @Nullable Long due;
    boolean retrying;
    boolean running;
    boolean again;
    @Nullable Long later;
    int failures;
  }

  private static final class Comparison {
    private final FakeClocks clocks = new FakeClocks();
    private final WorkQueue<Integer> queue =
        new WorkQueue<>(
            key -> key % BUCKETS,
            clocks,
            new Backoff(
                Duration.ofMillis(FIRST_MILLIS),
                Duration.ofMillis(MAX_MILLIS),
                0,
                new SplittableRandom(1)),
            new RateLimit(1_000_000_000, 1_000_000));
    private long now;
    private final Map<Integer, FakeTerm> open = new HashMap<>();
    private final Map<Integer, Wanted> keys = new TreeMap<>();
    private final List<Work<Integer>> running = new ArrayList<>();
    private final List<Integer> closing = new ArrayList<>();
    private final List<Integer> stopped = new ArrayList<>();

    void apply(Step step) {
      switch (step.kind()) {
        case ADD -> add(step.target(), step.lane());
        case ADD_AFTER -> addAfter(step.target(), step.lane(), step.millis());
        case TAKE -> take();
        case DONE, DONE_UNTIL, FAILED, PUT_BACK -> end(step);
        case PASS -> pass(step.millis());
        case OPEN -> open(step.target() % BUCKETS);
        case CLOSE -> close(step.target() % BUCKETS);
        case END_TERM -> endTerm(step.target() % BUCKETS);
      }
      assertThat(stopped).isSubsetOf(closing);
      closing.removeAll(stopped);
      stopped.clear();
      assertThat(closing).allMatch(this::isRunning);
    }

    void open(int bucket) {
      if (!open.containsKey(bucket) && !closing.contains(bucket)) {
        FakeTerm term = new FakeTerm(1);
        open.put(bucket, term);
        queue.open(new Bucket("model", bucket, BUCKETS), term);
      }
    }

    private void close(int bucket) {
      if (open.remove(bucket) != null) {
        forget(bucket);
        closing.add(bucket);
        queue.close(new Bucket("model", bucket, BUCKETS), it -> stopped.add(it.index()));
      }
    }

    private void endTerm(int bucket) {
      FakeTerm term = open.get(bucket);
      if (term != null) {
        term.end();
        forget(bucket);
      }
    }

    private void forget(int bucket) {
      keys.keySet().removeIf(key -> key % BUCKETS == bucket);
    }

    private boolean isLed(int key) {
      FakeTerm term = open.get(key % BUCKETS);
      return term != null && term.isValid();
    }

    private boolean isRunning(int bucket) {
      return running.stream().anyMatch(work -> work.bucket().index() == bucket);
    }

    private void add(int key, Lane lane) {
      queue.add(key, lane);
      if (!isLed(key)) {
        return;
      }
      Wanted wanted = keys.computeIfAbsent(key, absent -> new Wanted());
      if (wanted.running) {
        wanted.again = true;
      } else if (lane == Lane.LIVE || !wanted.retrying) {
        ready(wanted);
      }
    }

    private void addAfter(int key, Lane lane, long millis) {
      queue.addAfter(key, lane, Duration.ofMillis(millis));
      if (!isLed(key)) {
        return;
      }
      Wanted wanted = keys.computeIfAbsent(key, absent -> new Wanted());
      long due = now + millis;
      if (wanted.running) {
        wanted.later = wanted.later == null ? due : Math.min(wanted.later, due);
      } else if (!wanted.ready && (wanted.due == null || due < wanted.due)) {
        // A retry that is due already waits for nothing but a token; then the earlier time stands.
        wanted.due = due;
        wanted.retrying = false;
      }
    }

    private static void ready(Wanted wanted) {
      wanted.ready = true;
      wanted.due = null;
      wanted.retrying = false;
    }

    private void take() {
      settleDue();
      List<Integer> wanted =
          keys.entrySet().stream()
              .filter(entry -> entry.getValue().ready)
              .map(Map.Entry::getKey)
              .toList();
      Work<Integer> work = queue.poll();
      if (work == null) {
        assertThat(wanted).as("wanted, but not given out").isEmpty();
        return;
      }
      assertThat(wanted).contains(work.key());
      assertThat(work.permit().isValid()).isTrue();
      Wanted taken = Objects.requireNonNull(keys.get(work.key()));
      assertThat(work.attempt()).isEqualTo(taken.failures + 1);
      taken.ready = false;
      taken.running = true;
      running.add(work);
    }

    private void settleDue() {
      for (Wanted wanted : keys.values()) {
        if (wanted.due != null && wanted.due <= now) {
          ready(wanted);
        }
      }
    }

    private void end(Step step) {
      if (running.isEmpty()) {
        return;
      }
      Work<Integer> work = running.remove(step.target() % running.size());
      Wanted wanted = keys.get(work.key());
      Long asked = null;
      switch (step.kind()) {
        case DONE -> queue.done(work);
        case DONE_UNTIL -> {
          queue.doneUntil(work, Duration.ofMillis(step.millis()));
          asked = now + step.millis();
        }
        case FAILED -> {
          queue.failed(work);
          if (wanted != null) {
            asked = now + Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(wanted.failures, 10));
          }
        }
        default -> queue.putBack(work);
      }
      if (wanted == null || !wanted.running || !work.permit().isValid()) {
        return;
      }
      wanted.running = false;
      wanted.failures =
          switch (step.kind()) {
            case FAILED -> wanted.failures + 1;
            case PUT_BACK -> wanted.failures;
            default -> 0;
          };
      boolean laterFirst = wanted.later != null && (asked == null || wanted.later < asked);
      if (wanted.again || step.kind() == Kind.PUT_BACK) {
        ready(wanted);
      } else {
        wanted.due = laterFirst ? wanted.later : asked;
        wanted.retrying = !laterFirst && step.kind() == Kind.FAILED;
      }
      wanted.again = false;
      wanted.later = null;
    }

    private void pass(long millis) {
      now += millis;
      clocks.pass(Duration.ofMillis(millis));
    }

    /** Lets everything run to its end; after that nothing is wanted and nothing given out. */
    void drain() {
      Step done = new Step(Kind.DONE, 0, 0, Lane.LIVE);
      while (!running.isEmpty()) {
        end(done);
      }
      for (int i = 0; i < 2 * KEYS; i++) {
        pass(MAX_MILLIS);
        take();
        end(done);
      }
      take();
      assertThat(queue.counts())
          .allMatch(counts -> counts.queued() + counts.delayed() + counts.running() == 0);
    }
  }
}
