package dev.leasehold.e2e.benchmark;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Adding a key, taking it and ending its run, by one thread that nobody disturbs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QueueOneThread {

  /** Whose queue. */
  @Param({"leasehold", "leasehold-1-bucket", "client-java"})
  public String queue = "";

  private static final int KEYS = 1024;

  private final String[] keys = Keys.of(KEYS);
  private Contender contender = Contender.of("client-java");
  private int next;

  /** A new queue for each trial. */
  @Setup
  public void create() {
    contender = Contender.of(queue);
  }

  /** One key's way through the queue. */
  @Benchmark
  public @Nullable String addTakeDone() throws InterruptedException {
    contender.add(keys[next++ & (KEYS - 1)]);
    return contender.runNext();
  }
}
