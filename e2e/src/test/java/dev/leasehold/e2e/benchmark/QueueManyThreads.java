package dev.leasehold.e2e.benchmark;

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
 * Four producers add 100,000 different keys as fast as they can, and some workers take and end each
 * of them: the time from the first add until the last run has ended.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QueueManyThreads {

  private static final int KEYS = 100_000;
  private static final int PRODUCERS = 4;

  /** Whose queue. */
  @Param({"leasehold", "leasehold-1-bucket", "client-java"})
  public String queue = "";

  /** How many threads take keys. */
  @Param({"4", "16"})
  public int workers;

  private Crowd crowd = new Crowd(Contender.of("client-java"), new String[0], 0, 0);

  /** A new queue and new threads for each trial. */
  @Setup
  public void start() {
    crowd = new Crowd(Contender.of(queue), Keys.of(KEYS), PRODUCERS, workers);
    crowd.start();
  }

  /** Lets the threads go. */
  @TearDown
  public void stop() throws InterruptedException {
    crowd.stop();
  }

  /** All keys' way through the queue. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public void addTakeDone() throws Exception {
    crowd.runAll();
  }
}
