package dev.leasehold.e2e.benchmark;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Keys that each fail once, are tried again a millisecond later, succeed and are forgotten, by one
 * thread. There are fewer than the official client's queue can take in at once without losing any.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QueueRetriesOneThread {

  private static final int KEYS = 500;

  /** Whose queue. */
  @Param({"leasehold", "client-java"})
  public String queue = "";

  private final String[] keys = Keys.of(KEYS);
  private final Set<String> failed = new HashSet<>();
  private RetryContender contender = RetryContender.of("leasehold");

  /** A new queue for each trial. */
  @Setup
  public void create() {
    contender = RetryContender.of(queue);
  }

  /** Lets its threads go. */
  @TearDown
  public void close() {
    contender.close();
  }

  /** All keys' way through the queue. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public void addFailRetryForget() throws InterruptedException {
    failed.clear();
    for (String key : keys) {
      contender.add(key);
    }
    for (int runs = 0; runs < 2 * KEYS; runs++) {
      String unused = contender.runNext(failed::add);
    }
  }
}
