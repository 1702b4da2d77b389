package dev.leasehold.election;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import dev.leasehold.time.Now;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One random schedule: three participants with clocks of their own rate, a compare-and-swap store
 * that delays and loses, watches that lag and die, pauses, and an outsider who edits and deletes.
 * Checks after every event that at most one participant believes to lead and that epochs grow.
 */
final class Schedule {

  private static final long MS = 1_000_000;
  private static final long TROUBLE = 120_000 * MS;
  private static final long END = 220_000 * MS;

  private record Due(long at, long order, Runnable task) {}

  private final long seed;
  private final boolean telling;
  private final Random random;
  private final PriorityQueue<Due> heap =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private final List<Participant> participants = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private long time;
  private long order;
  private @Nullable LockSnapshot stored;
  private long lastVersion = 100;
  private int objects;
  private long lastEpoch;
  private long begins;

  /**
   * Prepares one.
   *
   * @param seed replays the same schedule
   * @param telling whether to keep a timeline, which is slow
   */
  Schedule(long seed, boolean telling) {
    this.seed = seed;
    this.telling = telling;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    for (int i = 0; i < 3; i++) {
      participants.add(new Participant("p" + i));
    }
  }

  /** Runs it and returns how many terms began. */
  long run() {
    participants.forEach(p -> in(random.nextInt(3000), p::list));
    in(5000, this::outsider);
    while (!heap.isEmpty() && heap.peek().at() <= END) {
      Due due = heap.remove();
      time = due.at();
      due.task().run();
      check();
    }
    if (participants.stream().noneMatch(Participant::leads)) {
      fail("nobody leads after healing");
    }
    return begins;
  }

  private void in(long millis, Runnable task) {
    heap.add(new Due(time + millis * MS, order++, task));
  }

  private boolean trouble() {
    return time < TROUBLE;
  }

  private boolean chance(double of) {
    return trouble() && random.nextDouble() < of;
  }

  private void check() {
    if (participants.stream().filter(Participant::leads).count() > 1) {
      fail("two lead");
    }
  }

  private void fail(String what) {
    if (!telling) {
      new Schedule(seed, true).run();
    }
    throw new AssertionError(
        "Schedule of seed " + seed + ": " + what + ".\n" + String.join("\n", story));
  }

  private void tell(Supplier<String> line) {
    if (telling) {
      story.add("%9.3f %s".formatted(time / 1e9, line.get()));
    }
  }

  // ---- the store ----

  private void store(@Nullable LockSnapshot next) {
    LockSnapshot before = stored;
    stored = next;
    tell(
        () ->
            next == null
                ? "store: deleted"
                : "store: "
                    + next.version()
                    + " "
                    + next.record().holder()
                    + " "
                    + next.record().durationSeconds()
                    + " s");
    ElectionEvent event =
        next != null
            ? new ElectionEvent.Changed(next)
            : new ElectionEvent.Deleted(
                new Version(Objects.requireNonNull(before).version().uid(), ++lastVersion));
    participants.forEach(p -> p.sendEvent(event));
  }

  private Outcome apply(Attempt attempt) {
    LockSnapshot there = stored;
    LockSnapshot base = attempt.base();
    boolean fits =
        base == null ? there == null : there != null && base.version().equals(there.version());
    if (!fits) {
      return new Outcome.Conflict();
    }
    String uid = there == null ? "uid-" + ++objects : there.version().uid();
    Version version = new Version(uid, ++lastVersion);
    store(new LockSnapshot(Locks.NAME, version, attempt.record()));
    return new Outcome.Written(version);
  }

  // ---- outsiders ----

  private void outsider() {
    if (!trouble()) {
      return;
    }
    in(2000 + random.nextInt(20_000), this::outsider);
    LockSnapshot there = stored;
    if (there == null) {
      return;
    }
    LockRecord record = there.record();
    LockRecord edited =
        switch (random.nextInt(7)) {
          case 0 -> Locks.withHolder(record, "");
          case 1 -> Locks.withSeconds(record, random.nextBoolean() ? 1 : -7);
          case 2 -> Locks.withSeconds(Locks.withHolder(record, "forged"), 1);
          case 3 -> Locks.withLabels(record, Map.of("n", "" + random.nextInt()));
          case 4 -> Locks.withSeconds(Locks.withHolder(record, ""), 1);
          default -> null;
        };
    tell(() -> "outsider acts");
    store(
        edited == null
            ? null
            : new LockSnapshot(
                Locks.NAME, new Version(there.version().uid(), ++lastVersion), edited));
  }

  /** A replica: its clock, its watch and its election. */
  private final class Participant {

    private final String name;
    private final double rate = 0.9 + 0.2 * random.nextDouble();
    private final long origin = random.nextLong();
    private ElectionState state;
    private long timer;
    private long pausedUntil;
    private long lag;
    private long connection;
    private long lastDelivery;
    private final Map<Long, Integer> answered = new HashMap<>();

    Participant(String name) {
      this.name = name;
      this.state =
          Election.begin(
              new ElectionSettings(
                  name, "run-" + name, Timings.defaults(), ElectionSettings.LockKind.SHARED));
    }

    Now now() {
      long mine = (long) (time * rate);
      return new Now(origin + mine, 1_000_000_000L + mine / MS);
    }

    boolean leads() {
      return state.phase() instanceof Phase.Leading leading && leading.term().covers(now());
    }

    void list() {
      connection++;
      long mine = connection;
      LockSnapshot there = stored;
      lastDelivery = 0;
      lag = 0;
      deliver(mine, new ElectionEvent.Listed(there));
    }

    void sendEvent(ElectionEvent event) {
      if (chance(0.01)) {
        connection++; // the watch dies, and is noticed late
        in(random.nextInt(8000), this::list);
      }
      if (chance(0.03)) {
        lag = random.nextInt(9000);
      } else if (!trouble() || random.nextInt(4) == 0) {
        lag = 0;
      }
      deliver(connection, event);
    }

    private void deliver(long mine, ElectionEvent event) {
      if (mine == 0) {
        return;
      }
      long at = Math.max(lastDelivery, time + (random.nextInt(20) + lag) * MS);
      lastDelivery = at;
      Runnable arrives =
          () -> {
            if (connection == mine) {
              step(event);
            }
          };
      heap.add(new Due(at, order++, arrives));
      if (chance(0.05)) {
        heap.add(new Due(at, order++, arrives));
      }
    }

    void step(ElectionEvent event) {
      if (time < pausedUntil) {
        heap.add(new Due(pausedUntil, order++, () -> step(event)));
        return;
      }
      if (chance(0.002)) {
        pausedUntil = time + random.nextInt(40_000) * MS;
        tell(() -> name + " pauses until " + pausedUntil / 1e9);
      }
      Phase before = state.phase();
      Election.Step step = Election.step(state, event, now());
      state = step.state();
      if (!before.getClass().equals(state.phase().getClass())) {
        String way = PhaseTableTest.name(before, state.phase());
        tell(() -> name + ": " + way + " by " + event.getClass().getSimpleName());
        if (!PhaseTableTest.LEGAL.contains(way)) {
          fail(way + " is not legal");
        }
      }
      step.effects().forEach(this::carryOut);
      long set = ++timer;
      if (step.wakeAtNanos().isPresent()) {
        long mine = step.wakeAtNanos().getAsLong() - now().nanos();
        long millis = (long) Math.ceil(Math.max(0, mine) / rate / MS);
        in(
            Math.max(millis, 1),
            () -> {
              if (timer == set) {
                step(new ElectionEvent.Tick());
              }
            });
      }
    }

    private void carryOut(Effect effect) {
      if (effect instanceof Effect.Write write) {
        send(write.attempt());
      } else if (effect instanceof Effect.Begin begin) {
        begins++;
        if (Long.compareUnsigned(begin.term().epoch(), lastEpoch) <= 0) {
          fail("epoch " + begin.term().epoch() + " after " + lastEpoch);
        }
        lastEpoch = begin.term().epoch();
      } else if (effect instanceof Effect.End) {
        in(random.nextInt(3000), () -> step(new ElectionEvent.WorkStopped()));
      } else if (effect instanceof Effect.RefreshFeed) {
        in(5, this::list);
      }
    }

    private void send(Attempt attempt) {
      tell(() -> name + " sends " + attempt.purpose() + " on " + versionOf(attempt.base()));
      long there = chance(0.05) ? random.nextInt(30_000) : random.nextInt(40);
      boolean lost = chance(0.03);
      boolean answerLost = chance(0.05);
      long back = chance(0.05) ? random.nextInt(12_000) : random.nextInt(40);
      in(
          there,
          () -> {
            Outcome outcome = lost ? new Outcome.Unknown("lost") : apply(attempt);
            if (!answerLost) {
              in(back, () -> answer(attempt, outcome));
            }
          });
      // The request's own timeout: whatever becomes of it, nothing is known.
      in(5000, () -> answer(attempt, new Outcome.Unknown("timeout")));
    }

    private void answer(Attempt attempt, Outcome outcome) {
      if (answered.merge(attempt.id(), 1, Integer::sum) == 1) {
        step(new ElectionEvent.Answered(attempt.id(), outcome));
      }
    }

    private static String versionOf(@Nullable LockSnapshot base) {
      return base == null ? "nothing" : base.version().toString();
    }
  }
}
