package dev.leasehold.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.samples.ShippedRoles.Grant;
import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.cluster.Login;
import dev.leasehold.samples.registry.RegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The samples with the rights of the shipped Roles: with all of them everything is done, and with
 * one verb less one sentence says which. A verb that nobody misses fails its test.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedRoleIT {

  private final Login login;
  private final Place place;
  private final AtomicInteger errands = new AtomicInteger();
  private RegistryServer registry;

  ShippedRoleIT(ControlPlane plane) throws InterruptedException {
    this.login = plane.login("restricted-5");
    this.place = Place.make(plane);
  }

  @BeforeAll
  void startRegistry(@TempDir Path entries) {
    registry =
        RegistryServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), entries);
  }

  @AfterAll
  void stop() {
    registry.close();
    place.close();
  }

  @Test
  void withTheShippedRolesEverythingIsDoneAndNothingIsForbidden() throws Exception {
    ShippedRoles.grant(place.client(), place.namespace(), ShippedRoles.home(), login.user());
    ShippedRoles.grant(place.client(), place.target(), ShippedRoles.target(), login.user());
    Errand errand = errand();
    try (InThread replica = replica()) {
      Place.awaitAsserted(
          () -> assertThat(errand.unfinished()).as("%s", replica.sentences()).isEmpty());
      assertThat(replica.sentences()).noneMatch(isComplaint(".*"));
    }
  }

  @ParameterizedTest
  @MethodSource("grants")
  void withoutOneVerbASentenceTellsVerbAndResource(Grant taken) throws Exception {
    ShippedRoles.grant(
        place.client(),
        place.namespace(),
        taken.isTarget() ? ShippedRoles.home() : ShippedRoles.without(ShippedRoles.home(), taken),
        login.user());
    ShippedRoles.grant(
        place.client(),
        place.target(),
        taken.isTarget()
            ? ShippedRoles.without(ShippedRoles.target(), taken)
            : ShippedRoles.target(),
        login.user());
    errand();
    String resource = Pattern.quote(taken.resource().replaceFirst("/.*", ""));
    try (InThread replica = replica()) {
      Place.awaitAsserted(
          () ->
              assertThat(replica.sentences())
                  .anyMatch(isComplaint(taken.verb() + "\\b.*\\b" + resource)));
    }
  }

  static Stream<Grant> grants() throws IOException {
    return ShippedRoles.grants().stream();
  }

  /** "May not" and "forbids" are the framework's own words, "cannot" is the API server's. */
  private static Predicate<String> isComplaint(String about) {
    return Pattern.compile("(may not|forbids this user to|cannot) .*" + about).asPredicate();
  }

  private Errand errand() {
    Errand errand = new Errand(place, "e" + errands.incrementAndGet());
    errand.leave();
    return errand;
  }

  private InThread replica() {
    return InThread.start(
        List.of(
            "replica",
            "--component=samples",
            "--namespace=" + place.namespace(),
            "--copy-into=" + place.target(),
            "--registry=http://127.0.0.1:" + registry.address().getPort(),
            "--kubeconfig=" + login.kubeconfig(),
            "--http-port=0",
            // The one before was interrupted and handed nothing over, so each waits for so long.
            "--lease-duration=2s",
            "--renew-deadline=1400ms",
            "--retry-period=400ms"));
  }
}
