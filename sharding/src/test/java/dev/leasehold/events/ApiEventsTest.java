package dev.leasehold.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.ChangeOfHands;
import dev.leasehold.claim.ChangeOfHands.Reason;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
class ApiEventsTest {

  KubernetesClient client;

  @Test
  void anEventIsAboutTheLeaseSoThatKubectlDescribeFindsIt() {
    ObjectReference regarding = event(Reason.CRASH, 1).getRegarding();
    assertThat(regarding.getApiVersion()).isEqualTo("coordination.k8s.io/v1");
    assertThat(regarding.getKind()).isEqualTo("Lease");
    assertThat(regarding.getNamespace()).isEqualTo("prod");
    assertThat(regarding.getName()).isEqualTo("shop.webpage.0003-of-4096");
    assertThat(regarding.getUid()).isEqualTo("uid-3");
    // The API server takes no dot at the end.
    assertThat(event(Reason.CRASH, 1).getMetadata().getGenerateName())
        .isEqualTo("shop.webpage.0003-of-4096-");
  }

  @Test
  void itTellsWhatTheLogTells() {
    Event event = event(Reason.LEAVE, 1);
    assertThat(event.getNote())
        .isEqualTo(Changes.of(3, Reason.LEAVE).toString())
        .contains("a_1 -> b_2 (leave), epoch 4711");
    assertThat(event.getReason()).isEqualTo("HandedOver");
    assertThat(event.getType()).isEqualTo("Normal");
    assertThat(event.getReportingController()).isEqualTo("leasehold.dev/shop");
    assertThat(event.getReportingInstance()).isEqualTo("a_1");
    assertThat(event.getEventTime().getTime()).isEqualTo("1970-01-01T00:00:01.500000Z");
    assertThat(event.getSeries()).isNull();
  }

  @Test
  void aBucketThatIsTakenFromTheDeadIsAWarningOfItsNewHolder() {
    Event event = event(Reason.CRASH, 1);
    assertThat(event.getReason()).isEqualTo("TakenOver");
    assertThat(event.getType()).isEqualTo("Warning");
    assertThat(event.getReportingInstance()).isEqualTo("b_2");
  }

  @Test
  void severalAreASeries() {
    assertThat(event(Reason.LEAVE, 7).getSeries().getCount()).isEqualTo(7);
  }

  @Test
  void itIsWrittenWhereTheLeasesAre() {
    try (ApiEvents events = events()) {
      events.write(new Telling(new Change(Changes.of(3, Reason.LEAVE), 1500), 1));
      assertThat(client.events().v1().events().inNamespace("prod").list().getItems()).hasSize(1);
    }
  }

  @Test
  void whatOthersCallThemselvesIsShortAndOnOneLine() {
    String hostile = "<img src=x onerror=alert(1)>\u0000\n\u202e\u2028" + "x".repeat(5000);
    Event event = event(Changes.between(hostile, hostile, Reason.LEAVE), 1);
    assertThat(event.getNote())
        .contains("<img src=x onerror=alert(1)>xxx", "… (leave), epoch 4711", "seen in 2.0 ms")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028]")
        .hasSizeLessThanOrEqualTo(1024);
    assertThat(event.getReportingInstance())
        .startsWith("<img src=x onerror=alert(1)>xxx")
        .hasSizeLessThanOrEqualTo(128);
  }

  private Event event(Reason reason, int times) {
    return event(Changes.of(3, reason), times);
  }

  private Event event(ChangeOfHands change, int times) {
    return events().event(new Telling(new Change(change, 1500), times));
  }

  private ApiEvents events() {
    return new ApiEvents(client, LeaseNames.of("shop"), "prod");
  }
}
