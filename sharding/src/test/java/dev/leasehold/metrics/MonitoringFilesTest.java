package dev.leasehold.metrics;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Alert rules, their test and the dashboard ask for nothing that isn't there. Whether the rules do
 * what they should is promtool's to say.
 */
class MonitoringFilesTest {

  private static final Path FOLDER = Path.of("..", "deploy", "monitoring");

  /** What Prometheus adds to each series, and to each histogram. */
  private static final Set<String> ADDED = Set.of("namespace", "pod", "le");

  private static final Pattern NAME =
      Pattern.compile("\\b(?:leasehold|workqueue|controller_runtime|leader_election)_[a-z_]+");
  private static final Pattern SELECTED = Pattern.compile("([a-z_]+)(\\{[^}]*})?");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)=~?\"");
  private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?([a-z_]+) *}}");

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yaml", "alerts-test.yaml", "dashboard.json"})
  void everyMetricThatIsNamedIsInTheCatalogue(String file) throws IOException {
    Set<String> named = matches(NAME, Files.readString(FOLDER.resolve(file)), 0);
    assertThat(named).isNotEmpty();
    assertThat(series().keySet()).containsAll(named);
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void everyLabelThatIsAskedForIsOneOfItsMetrics(String expression) {
    Set<String> all = new HashSet<>(ADDED);
    for (MatchResult selected : SELECTED.matcher(expression).results().toList()) {
      Metric metric = series().get(selected.group(1));
      if (metric != null) {
        Set<String> own = new HashSet<>(ADDED);
        own.addAll(metric.labels());
        all.addAll(own);
        String matchers = selected.group(2) == null ? "" : selected.group(2);
        assertThat(own).containsAll(matches(MATCHER, matchers, 1));
      }
    }
    for (String group : matches(GROUPED, expression, 1)) {
      assertThat(all).contains(group.split(", *"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yaml", "dashboard.json"})
  void everyLabelThatIsShownIsOneOfTheCatalogue(String file) throws IOException {
    Set<String> known = new HashSet<>(ADDED);
    Stream.of(Metric.values()).forEach(metric -> known.addAll(metric.labels()));
    assertThat(known).containsAll(matches(SHOWN, Files.readString(FOLDER.resolve(file)), 1));
  }

  @Test
  void theDashboardHasPanelsWithNumbersOfTheirOwnThatDoNotOverlap() throws IOException {
    Map<?, ?> dashboard = read("dashboard.json");
    List<?> panels = (List<?>) dashboard.get("panels");
    assertThat(dashboard.get("uid")).isEqualTo("leasehold");
    assertThat(panels).extracting(panel -> ((Map<?, ?>) panel).get("id")).doesNotHaveDuplicates();
    assertThat(panels)
        .extracting(panel -> ((Map<?, ?>) panel).get("gridPos"))
        .extracting(place -> ((Map<?, ?>) place).get("x") + "," + ((Map<?, ?>) place).get("y"))
        .doesNotHaveDuplicates();
  }

  static Stream<String> expressions() throws IOException {
    List<String> found = new ArrayList<>();
    for (String file : List.of("alerts.yaml", "dashboard.json")) {
      collect(read(file), found);
    }
    return found.stream();
  }

  private static void collect(Object node, List<String> found) {
    if (node instanceof Map<?, ?> map) {
      if (map.get("expr") instanceof String expression) {
        found.add(expression);
      }
      map.values().forEach(value -> collect(value, found));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> collect(value, found));
    }
  }

  private static Map<?, ?> read(String file) throws IOException {
    return new KubernetesSerialization()
        .unmarshal(Files.readString(FOLDER.resolve(file)), Map.class);
  }

  /** The catalogue by the names of the time series that there are of each. */
  private static Map<String, Metric> series() {
    Map<String, Metric> series = new HashMap<>();
    for (Metric metric : Metric.values()) {
      List<String> endings =
          metric.kind() == MetricKind.TIMER
              ? List.of("_bucket", "_count", "_sum", "_max")
              : List.of("");
      endings.forEach(ending -> series.put(metric.prometheusName() + ending, metric));
    }
    return series;
  }

  private static Set<String> matches(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(match -> match.group(group)).collect(toSet());
  }
}
