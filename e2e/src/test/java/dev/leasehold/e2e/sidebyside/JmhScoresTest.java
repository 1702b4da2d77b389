package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JmhScoresTest {

  private static final String HEADER =
      "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\",\"Unit\",\"Param: queue\",\"Param: workers\"";

  @Test
  void comparesEachQueueWithThePeersInTheSameBenchmark() {
    assertThat(
            JmhScores.rows(
                List.of(
                    HEADER,
                    "\"a.One.add\",\"thrpt\",1,3,3000000.4,600000.1,\"ops/s\",leasehold,",
                    "\"a.One.add\",\"thrpt\",1,3,2000000,NaN,\"ops/s\",client-java,",
                    "\"a.Many.add\",\"thrpt\",1,3,1000,10,\"ops/s\",leasehold,16")))
        .containsExactly(
            List.of("add, 1 thread", "client-java", "2,000,000", "?", "1.00"),
            List.of("add, 1 thread", "leasehold", "3,000,000", "20 %", "1.50"),
            List.of("add, 4 add and 16 work", "leasehold", "1,000", "1 %", "-"));
  }
}
