package dev.leasehold.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
    return Replica.command(
        name,
        folder,
        List.of(
            "elector",
            "--lease=lead",
            "--identity=" + name,
            "--namespace=" + place.namespace(),
            "--kubeconfig=" + plane.kubeconfig(),
            "--http-port=0",
            "--lease-duration=5s",
            "--renew-deadline=3500ms",
            "--retry-period=1s"));
  }
}
