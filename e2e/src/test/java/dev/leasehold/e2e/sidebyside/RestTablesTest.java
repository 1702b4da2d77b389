package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.sidebyside.contender.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestTablesTest {

  private static final Contender OURS = Contender.ours("", Contender.USUAL).get(0);
  private static final Contender PEER = new Contender("peer", "peer", Contender.USUAL);
  private static final RestWindow.Rates IDLE = new RestWindow.Rates(Map.of(), 0, 0, 0);

  @Test
  void requestsAreComparedWithOursOfTheSameSize() {
    List<String> page = page(sample(OURS, 10, 10, 1.5), sample(PEER, 10, 10, 15));

    assertThat(page)
        .anyMatch(line -> line.startsWith("| peer | 3 | 10 | all | 15.0 | 0.0 | PUT 15.0 | 10 |"));
  }

  @Test
  void whereNotAllAreLedThereIsNoRatioAndNoPartInTheFit() {
    List<RestSample> samples = new ArrayList<>();
    for (int locks : new int[] {10, 20, 30}) {
      samples.add(sample(OURS, locks, locks, 1.5));
      samples.add(sample(PEER, locks, locks, locks * 2));
    }
    samples.add(sample(OURS, 40, 40, 1.5));
    samples.add(sample(PEER, 40, 39, 5));
    List<String> page = page(samples.toArray(RestSample[]::new));

    assertThat(page)
        .anyMatch(line -> line.contains("| 40 | **not all led**: 39 | 5.0 | 0.0 | PUT 5.0 | - |"))
        .contains("| peer | requests/s, all replicas | 2 | 0 | 1.000 | 10, 20, 30 |");
  }

  @Test
  void aContenderWithFewSizesDoesNotEndTheTable() {
    List<String> page =
        page(
            sample(PEER, 10, 10, 15),
            sample(OURS, 10, 10, 1),
            sample(OURS, 20, 20, 2),
            sample(OURS, 30, 30, 3));

    assertThat(page)
        .contains("| peer | requests/s, all replicas | - | - | - | 10: too few |")
        .contains("| Leasehold | requests/s, all replicas | 0.100 | 0 | 1.000 | 10, 20, 30 |");
  }

  @Test
  void oneReplicaIsComparedWithOneThatHasOneBucketAndFittedOverAllSizes() {
    List<RestSample> alone =
        List.of(
            alone(1000, 0.006, 11_000_000),
            alone(300, 0.003, 4_000_000),
            alone(100, 0.002, 2_000_000),
            alone(1, 0.0015, 1_010_000));

    assertThat(RestTables.page(List.of(), alone, IDLE).lines())
        .contains(
            "| Leasehold | 1,000 | 0.60 % | 0.15 % | 11.0 MB | 10.0 MB | 0 | {} |",
            "| Leasehold | 100 | 0.20 % | 0.15 % | 2.0 MB | 1.0 MB | 0 | {} |",
            "| Leasehold | heap bytes | 10,000 | 1,000,000 | 1.000 | 1, 100, 300, 1,000 |")
        .anyMatch(line -> line.startsWith("| Leasehold | % of a core | "));
  }

  @Test
  void whatOthersAskForIsTakenOff() {
    RestWindow.Rates idle = new RestWindow.Rates(Map.of("GET", 2.0, "PUT", 1.0), 0, 0, 0);
    RestWindow.Rates rates = new RestWindow.Rates(Map.of("GET", 1.9, "PUT", 2.5), 0, 0, 0);

    assertThat(rates.requestsWithout(idle)).isEqualTo(Map.of("PUT", 1.5));
  }

  private static List<String> page(RestSample... samples) {
    return RestTables.page(List.of(samples), List.of(), IDLE).lines();
  }

  private static RestSample alone(int buckets, double cpu, long heapBytes) {
    return new RestSample(
        OURS,
        1,
        buckets,
        buckets,
        Map.of(),
        cpu,
        0,
        0.5,
        new Cost(0, heapBytes, Map.of("main", 1)));
  }

  private static RestSample sample(Contender contender, int locks, int led, double writes) {
    return new RestSample(
        contender,
        RestPart.REPLICAS,
        locks,
        led,
        Map.of("PUT", writes),
        0.01,
        0.02,
        0.5,
        new Cost(0, 1_000_000, Map.of("main", 1)));
  }
}
