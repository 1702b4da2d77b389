package dev.leasehold.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.lock.ClientGoLeases;
import org.junit.jupiter.api.Test;

/** Leases as client-go writes them are obeyed. */
class ClientGoLeasesTest {

  @Test
  void acquiredRenewedAndReleasedLeasesAreObeyed() {
    var s = Scenario.shared().lists(ClientGoLeases.read("acquire"));
    s.at(2).sees(ClientGoLeases.read("renew"));
    assertThat(s.at(10).writes()).isEmpty();
    s.sees(ClientGoLeases.read("release"));
    assertThat(s.at(10.9).writes()).isEmpty();
    assertThat(s.at(11).record().transitions()).isEqualTo(2);
  }

  @Test
  void aRenewedLeaseIsWaitedOutAfterACrash() {
    var s = Scenario.shared().lists(ClientGoLeases.read("renew"));
    assertThat(s.at(14.9).writes()).isEmpty();
    assertThat(s.at(15).writes()).hasSize(1);
  }
}
