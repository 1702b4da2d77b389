package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Faults;
import dev.leasehold.e2e.replica.Launch;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepertoireTest {

  private static final Repertoire ALL =
      new Repertoire(
          Faults.all(Optional.empty(), Optional.empty(), Path.of("unused")),
          List.of(),
          Launch.PLAIN);
  private static final List<String> ALWAYS =
      List.of("replica killed", "clock 2 h ahead", "etcd paused");

  @Test
  void thoseThatAreAlwaysPickedComeFirstInTheirOrderWithoutWhatThisMachineCannotDo() {
    assertThat(names(ALL.pick(ALWAYS, 0, new Random(1))))
        .containsExactly("replica killed", "etcd paused");
    assertThat(names(ALL.pick(ALWAYS, 3, new Random(1))))
        .startsWith("replica killed", "etcd paused")
        .hasSize(5)
        .doesNotHaveDuplicates();
  }

  @Test
  void theSameSeedPicksTheSameAndOthersPickAllOfThemByAndBy() {
    assertThat(names(ALL.pick(ALWAYS, 3, new Random(20261128))))
        .isEqualTo(names(ALL.pick(ALWAYS, 3, new Random(20261128))))
        .isNotEqualTo(names(ALL.pick(ALWAYS, 3, new Random(20261129))));

    Set<String> picked = new HashSet<>();
    for (int day = 0; day < 100; day++) {
      picked.addAll(names(ALL.pick(ALWAYS, 3, new Random(20261100 + day))));
    }
    assertThat(picked).containsExactlyInAnyOrderElementsOf(names(ALL.faults()));
  }

  @Test
  void whereThereAreFewAllArePicked() {
    assertThat(ALL.pick(ALWAYS, 1000, new Random(1)))
        .containsExactlyInAnyOrderElementsOf(ALL.faults());
  }

  private static List<String> names(List<Fault> faults) {
    return faults.stream().map(Fault::name).toList();
  }
}
