package dev.leasehold.samples.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.controller.Result;
import dev.leasehold.queue.TermOver;
import dev.leasehold.samples.TestRequest;
import dev.leasehold.samples.publisher.RegistryClient.Answer;
import dev.leasehold.samples.registry.RegistryServer;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true, https = false)
@Timeout(60)
class PublisherTest {

  KubernetesClient client;

  @TempDir Path folder;

  private RegistryServer registry;
  private Publisher publisher;

  @BeforeEach
  void startRegistry() {
    registry =
        RegistryServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder);
    publisher = new Publisher(address());
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  @Test
  void serviceIsHeldAndPublishedAndNotesTheOutcome() throws Exception {
    reconcile(create("api", true), 7);
    assertThat(read("api").getMetadata().getFinalizers()).containsExactly(Publication.FINALIZER);
    assertThat(published("api")).isEqualTo("10.0.0.7 80/TCP");
    assertThat(read("api").getMetadata().getAnnotations())
        .containsEntry(Publication.TEXT, "10.0.0.7 80/TCP")
        .containsEntry(Publication.EPOCH, "7");
  }

  @Test
  void nothingIsWrittenWhenTheNoteSaysThatAllIsDone() throws Exception {
    publish("api", 7);
    Service noted = read("api");
    registry.close();
    assertThat(reconcile(noted, 7)).isEqualTo(Result.done());
    assertThat(read("api")).isEqualTo(noted);
  }

  @Test
  void nextLeaderPublishesUnderItsOwnEpochAndSoShutsTheEarlierOneOut() throws Exception {
    publish("api", 7);
    reconcile(read("api"), 9);
    assertThat(read("api").getMetadata().getAnnotations()).containsEntry(Publication.EPOCH, "9");
    assertThat(new RegistryClient(address()).put("test.api", "late", 7)).isEqualTo(Answer.TOO_LATE);
    assertThat(published("api")).isEqualTo("10.0.0.7 80/TCP");
  }

  @Test
  void refusedWriteIsNotNoted() throws Exception {
    publish("api", 7);
    Service asTheLateLeaderKnowsIt = read("api");
    new RegistryClient(address()).put("test.api", "newer", 9);
    Result result = reconcile(asTheLateLeaderKnowsIt, 8);
    assertThat(result).isInstanceOf(Result.RequeueAfter.class);
    assertThat(published("api")).isEqualTo("newer");
    assertThat(read("api").getMetadata().getAnnotations()).containsEntry(Publication.EPOCH, "7");
  }

  @Test
  void deletedServiceIsWithdrawnBeforeItGoes() throws Exception {
    publish("api", 7);
    client.resource(read("api")).delete();
    reconcile(read("api"), 7);
    assertThat(published("api")).isEmpty();
    assertThat(read("api")).isNull();
  }

  @Test
  void serviceThatNoLongerAsksIsWithdrawn() throws Exception {
    publish("api", 7);
    Service quiet =
        new ServiceBuilder(read("api"))
            .editMetadata()
            .removeFromLabels(Publication.ASKS)
            .endMetadata()
            .build();
    reconcile(client.resource(quiet).update(), 7);
    assertThat(published("api")).isEmpty();
    assertThat(read("api").getMetadata().getFinalizers()).isEmpty();
    assertThat(read("api").getMetadata().getAnnotations())
        .doesNotContainKeys(Publication.TEXT, Publication.EPOCH);
  }

  @Test
  void serviceThatDoesNotAskIsLeftAlone() throws Exception {
    Service quiet = create("api", false);
    reconcile(quiet, 7);
    assertThat(read("api")).isEqualTo(quiet);
    assertThat(published("api")).isEmpty();
  }

  @Test
  void registryThatDoesNotAnswerIsNotedAndTriedAgain() throws Exception {
    registry.close();
    Service service = create("api", true);
    assertThatThrownBy(() -> reconcile(service, 7)).isInstanceOf(IOException.class);
    assertThat(read("api").getMetadata().getFinalizers()).containsExactly(Publication.FINALIZER);
    assertThat(read("api").getMetadata().getAnnotations().get(Publication.PROBLEM))
        .startsWith("The registry can't be written: ");
  }

  @Test
  void nothingIsPublishedOnceTheTermIsOver() throws Exception {
    Service held = client.resource(Publication.held(create("api", true))).update();
    assertThatThrownBy(() -> publisher.reconcile(TestRequest.late(client, held)))
        .isInstanceOf(TermOver.class);
    assertThat(published("api")).isEmpty();
  }

  private void publish(String name, long epoch) throws Exception {
    reconcile(create(name, true), epoch);
  }

  private Result reconcile(Service service, long epoch) throws Exception {
    return publisher.reconcile(TestRequest.of(client, service, "a_1", epoch));
  }

  private Service create(String name, boolean asks) {
    ServiceBuilder service =
        new ServiceBuilder()
            .withNewMetadata()
            .withNamespace("test")
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withClusterIP("10.0.0.7")
            .addNewPort()
            .withPort(80)
            .endPort()
            .endSpec();
    return client
        .resource(
            asks
                ? service.editMetadata().addToLabels(Publication.ASKS, "true").endMetadata().build()
                : service.build())
        .create();
  }

  private Service read(String name) {
    return client.services().inNamespace("test").withName(name).get();
  }

  /** What the registry has under a Service's name; empty if nothing. */
  private String published(String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address().resolve("/services/test." + name)).build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    return answer.statusCode() == 200 ? answer.body() : "";
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + registry.address().getPort());
  }
}
