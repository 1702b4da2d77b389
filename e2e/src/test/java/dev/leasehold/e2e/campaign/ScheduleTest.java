package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.campaign.Schedule.Round;
import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Fault.Target;
import dev.leasehold.e2e.campaign.fault.Faults;
import dev.leasehold.e2e.campaign.site.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final List<Fault> ALL =
      Faults.all(Optional.empty(), Optional.empty(), Path.of("unused"));

  @Test
  void eachFaultIsAloneBeforeTheyAreMixedShortAndBeyondTheLeaseIfThatMakesADifference() {
    Schedule schedule = Schedule.thorough(ALL, new Random(1));
    List<Fault> brief = new ArrayList<>();
    List<Fault> lengthy = new ArrayList<>();
    while (!schedule.hasHadAll()) {
      Round round = schedule.next();
      boolean isBrief = round.lasting().compareTo(Site.TIMINGS.renewDeadline()) < 0;
      assertThat(isBrief || round.lasting().compareTo(Site.TIMINGS.leaseDuration()) > 0).isTrue();
      (isBrief ? brief : lengthy).addAll(round.faults());
    }

    assertThat(lengthy).containsExactlyInAnyOrderElementsOf(ALL);
    assertThat(brief)
        .containsExactlyInAnyOrderElementsOf(ALL.stream().filter(Fault::lasts).toList());
  }

  @Test
  void aBriefOneHasEachAloneInItsOrderAndThenSoManyTimesTwoAtOnce() {
    List<Fault> some = List.of(ALL.get(3), ALL.get(20), ALL.get(1));
    for (int seed = 0; seed < 20; seed++) {
      Schedule schedule = Schedule.brief(some, 2, new Random(seed));
      List<Round> rounds = new ArrayList<>();
      while (!schedule.hasHadAll()) {
        rounds.add(schedule.next());
      }

      assertThat(rounds).extracting(round -> round.faults().size()).containsExactly(1, 1, 1, 2, 2);
      assertThat(rounds).flatExtracting(Round::faults).startsWith(some.toArray(Fault[]::new));
      assertThat(rounds.subList(3, 5))
          .allSatisfy(
              round -> {
                assertThat(round.faults())
                    .isSubsetOf(some)
                    .extracting(Fault::target)
                    .doesNotHaveDuplicates();
                assertThat(round.lasting()).isGreaterThan(Site.TIMINGS.leaseDuration());
              });
    }
  }

  @Test
  void theSameSeedIsTheSameCampaign() {
    assertThat(rounds(7)).isEqualTo(rounds(7)).isNotEqualTo(rounds(8));
  }

  @Test
  void twoAtOnceHitDifferentThingsAndLeasesAreLeftAloneWhileThereIsNoApiServer() {
    assertThat(rounds(3))
        .map(round -> round.faults().stream().map(Fault::target).toList())
        .allMatch(targets -> targets.stream().distinct().count() == targets.size())
        .doesNotContain(List.of(Target.LEASES, Target.PLANE))
        .contains(List.of(Target.REPLICA, Target.NETWORK), List.of(Target.NETWORK, Target.PLANE));
  }

  private static List<Round> rounds(long seed) {
    Schedule schedule = Schedule.thorough(ALL, new Random(seed));
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rounds.add(schedule.next());
    }
    return rounds;
  }
}
