package dev.leasehold.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DocumentedMetricsTest {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");

  @Test
  void thePageShowsTheCatalogue() throws IOException {
    String wanted = MetricTable.markdown();
    assertThat(Files.readString(PAGE).contains(wanted))
        .as("%s has this table, made from the code:%n%s", PAGE, wanted)
        .isTrue();
  }

  @Test
  void noTwoMetricsHaveOneName() {
    assertThat(Arrays.stream(Metric.values()).map(Metric::prometheusName)).doesNotHaveDuplicates();
  }
}
