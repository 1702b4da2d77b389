package dev.leasehold.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.cluster.Login;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample of plain election: two candidates, one lock. */
@ExtendWith(ControlPlaneExtension.class)
class PlainElectionIT {

  private final ControlPlane plane;
  private final Path folder;

  PlainElectionIT(ControlPlane plane, @TempDir Path folder) {
    this.plane = plane;
    this.folder = folder;
  }

  @Test
  void candidateAnswersProbesAndLeadsOnceTheLeaderIsPausedWhichThenExits() throws Exception {
    try (Place place = Place.make(plane);
        Replica first = start("first", place)) {
      awaitState(first, "Leading under epoch ");
      try (Replica second = start("second", place)) {
        awaitState(second, "Waiting to lead.");
        assertThat(second.get("/livez").orElseThrow().statusCode()).isEqualTo(200);
        assertThat(second.get("/readyz").orElseThrow().statusCode()).isEqualTo(200);

        first.pause();
        awaitState(second, "Leading under epoch ");
        first.resume();
        assertThat(first.awaitExit(Duration.ofSeconds(30))).isEqualTo(1);
        assertThat(holder(place)).isEqualTo("second");

        second.terminate();
        second.awaitExit(Duration.ofSeconds(30));
        assertThat(holder(place)).isEmpty();
      }
    }
  }

  @Test
  void candidateThatIsEndedWhileItWaitsSaysNothingOdd() throws Exception {
    try (Place place = Place.make(plane);
        Replica leader = start("leader", place)) {
      awaitState(leader, "Leading under epoch ");
      try (Replica waiting = start("waiting", place)) {
        awaitState(waiting, "Waiting to lead.");
        waiting.terminate();
        waiting.awaitExit(Duration.ofSeconds(30));
        assertThat(waiting.log()).doesNotContain("should not have happened", "Exception");
      }
      assertThat(holder(place)).isEqualTo("leader");
    }
  }

  @Test
  void candidateLeadsWithTheShippedRoleAndNothingMore() throws Exception {
    try (Place place = Place.make(plane)) {
      Login login = plane.login("restricted-6");
      ShippedRoles.grant(place.client(), place.namespace(), ShippedRoles.elector(), login.user());
      try (Replica candidate = start("candidate", place, "elector", login.kubeconfig())) {
        awaitState(candidate, "Leading under epoch ");
        assertThat(candidate.log()).doesNotContain("cannot");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "watch", "create", "update"})
  void withoutOneVerbTheLogTellsWhich(String verb) throws Exception {
    try (Place place = Place.make(plane)) {
      Login login = plane.login("restricted-6");
      Role less =
          ShippedRoles.without(
              ShippedRoles.elector(), new ShippedRoles.Grant(false, "leases", verb));
      ShippedRoles.grant(place.client(), place.namespace(), less, login.user());
      try (Replica candidate = start("candidate", place, "elector", login.kubeconfig())) {
        Place.awaitAsserted(
            () -> assertThat(candidate.log()).contains("forbids this user to " + verb + " leases"));
      }
    }
  }

  private static void awaitState(Replica candidate, String beginning) {
    Place.awaitAsserted(
        () ->
            assertThat(candidate.get("/leader").map(HttpResponse::body).orElse(candidate.log()))
                .startsWith(beginning));
  }

  private static String holder(Place place) {
    String holder =
        place
            .client()
            .leases()
            .inNamespace(place.namespace())
            .withName("lead")
            .get()
            .getSpec()
            .getHolderIdentity();
    return holder == null ? "" : holder;
  }

  private Replica start(String name, Place place) {
    return start(name, place, "lead", plane.kubeconfig());
  }

  private Replica start(String name, Place place, String lease, Path kubeconfig) {
    return Replica.command(
        name,
        folder,
        List.of(
            "elector",
            "--lease=" + lease,
            "--identity=" + name,
            "--namespace=" + place.namespace(),
            "--kubeconfig=" + kubeconfig,
            "--http-port=0",
            "--lease-duration=5s",
            "--renew-deadline=3500ms",
            "--retry-period=1s"));
  }
}
