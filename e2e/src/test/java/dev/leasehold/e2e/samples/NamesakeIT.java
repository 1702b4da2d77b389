package dev.leasehold.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.controller.Writes;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.Permit;
import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.webpage.WebPage;
import dev.leasehold.samples.webpage.WebPageStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real API server makes of a status for a resource that has been replaced by another. */
@ExtendWith(ControlPlaneExtension.class)
class NamesakeIT {

  private static final int UNPROCESSABLE = 422;

  private final ControlPlane plane;

  NamesakeIT(ControlPlane plane) {
    this.plane = plane;
  }

  /** A term without end. */
  private record Endless(String identity, long epoch) implements TermView {

    @Override
    public boolean isValid() {
      return true;
    }

    @Override
    public Duration remaining() {
      return Duration.ofDays(1);
    }
  }

  @Test
  void statusOfADeletedResourceIsNotWrittenToItsNamesake() throws Exception {
    try (Place place = Place.make(plane)) {
      Permit permit = new Permit(new Bucket("webpage", 0, 1), new Endless("test_00000000", 1));
      Writes writes = Writes.of(place.client(), "test", permit);
      WebPage page = WebPage.of(place.namespace(), "page", "<h1>One</h1>");
      WebPage deleted = withStatus(writes.create(page), "of the deleted one");
      writes.delete(deleted);
      WebPage namesake = writes.create(page);

      assertThatThrownBy(() -> writes.patchStatus(deleted))
          .isInstanceOf(KubernetesClientException.class)
          .hasFieldOrPropertyWithValue("code", UNPROCESSABLE);
      assertThat(place.client().resource(namesake).get().getStatus()).isNull();
      WebPage own = withStatus(namesake, "its own");
      assertThat(writes.patchStatus(own).getStatus()).isEqualTo(own.getStatus());
    }
  }

  private static WebPage withStatus(WebPage page, String by) {
    page.setStatus(new WebPageStatus(1L, by, "1", "2026-01-01T00:00:00Z", List.of()));
    return page;
  }
}
