package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of a watch that has ended and is refused from then on, while lists are answered. */
@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient
@Timeout(60)
class TypeInformerTest {

  private static final String MAPS = "/api/v1/namespaces/mall/configmaps";
  private static final String WATCH =
      MAPS + "?allowWatchBookmarks=true&resourceVersion=1&timeoutSeconds=600&watch=true";
  private static final String QUESTIONS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String UNEXPLAINED =
      "Can't list and watch configmaps in namespace mall: lists are answered, but no watch stands.";

  KubernetesMockServer server;
  KubernetesClient client;

  private final Queue<ResourceAttributes> asked = new ConcurrentLinkedQueue<>();
  private Informers informers;
  private TypeInformer<ConfigMap> informer;

  @BeforeEach
  void fillTheCacheAndLoseTheWatch() throws Exception {
    answerLists();
    loseTheFirstWatchAndForbidFurtherOnes();
    informers = new Informers(client);
    informer = informers.of(TypeScope.of(Source.of(ConfigMap.class), Set.of("mall")).get(0));
    informer.start();
    informer.synced().toCompletableFuture().get(20, TimeUnit.SECONDS);
    awaitRequest(WATCH);
    // By the time of the second the first has ended.
    awaitRequest(WATCH);
  }

  @AfterEach
  void close() {
    informers.close();
  }

  @Test
  void watchThatIsForbiddenByNowIsNamedAtOnceAlthoughListsAreAnswered() {
    answerQuestions(false);
    lookAfter(Duration.ZERO);
    lookAfter(Outage.GRACE);
    awaitProblem(
        "This account may not watch configmaps in namespace mall: grant it the verb on that resource by a Role.");
    assertThat(asked)
        .singleElement()
        .satisfies(
            question -> {
              assertThat(question.getVerb()).isEqualTo("watch");
              assertThat(question.getGroup()).isEmpty();
              assertThat(question.getResource()).isEqualTo("configmaps");
              assertThat(question.getNamespace()).isEqualTo("mall");
              assertThat(question.getName()).isNull();
            });
  }

  @Test
  void watchThatIsAllowedAndDoesNotStandIsAProblemOnlyAfterALongOutage() {
    answerQuestions(true);
    lookAfter(Duration.ZERO);
    lookAfter(Outage.GRACE);
    Awaitility.await().until(() -> !asked.isEmpty());
    assertThat(informer.problem()).isEmpty();
    lookAfter(Outage.LONG);
    awaitProblem(UNEXPLAINED);
  }

  @Test
  void whereTheQuestionIsRefusedALongOutageIsAProblemWithoutAReason() throws Exception {
    server
        .expect()
        .post()
        .withPath(QUESTIONS)
        .andReturn(HttpURLConnection.HTTP_FORBIDDEN, status(HttpURLConnection.HTTP_FORBIDDEN))
        .always();
    lookAfter(Duration.ZERO);
    lookAfter(Outage.GRACE);
    awaitRequest(QUESTIONS);
    assertThat(informer.problem()).isEmpty();
    lookAfter(Outage.LONG);
    awaitProblem(UNEXPLAINED);
  }

  private void lookAfter(Duration time) {
    informer.look(time.toNanos());
  }

  private void awaitProblem(String sentence) {
    Awaitility.await().until(() -> informer.problem().isPresent());
    assertThat(informer.problem().orElseThrow()).hasMessage(sentence);
  }

  private void awaitRequest(String path) throws InterruptedException {
    RecordedRequest request;
    do {
      request = server.takeRequest(20, TimeUnit.SECONDS);
      assertThat(request).as("a request of %s within 20 s", path).isNotNull();
    } while (!request.getPath().equals(path));
  }

  private void answerLists() {
    for (String query : new String[] {"resourceVersion=0", "limit=1"}) {
      server
          .expect()
          .get()
          .withPath(MAPS + "?" + query)
          .andReturn(HttpURLConnection.HTTP_OK, emptyList())
          .always();
    }
  }

  private void loseTheFirstWatchAndForbidFurtherOnes() {
    server
        .expect()
        .get()
        .withPath(WATCH)
        .andUpgradeToWebSocket()
        .open()
        .immediately()
        .andEmit(new WatchEvent(status(HttpURLConnection.HTTP_INTERNAL_ERROR), "ERROR"))
        .done()
        .once();
    server
        .expect()
        .get()
        .withPath(WATCH)
        .andReturn(HttpURLConnection.HTTP_FORBIDDEN, status(HttpURLConnection.HTTP_FORBIDDEN))
        .always();
  }

  private void answerQuestions(boolean isAllowed) {
    server
        .expect()
        .post()
        .withPath(QUESTIONS)
        .andReply(
            HttpURLConnection.HTTP_CREATED,
            request -> {
              SelfSubjectAccessReview question =
                  client
                      .getKubernetesSerialization()
                      .unmarshal(request.getBody().readUtf8(), SelfSubjectAccessReview.class);
              asked.add(question.getSpec().getResourceAttributes());
              return new SelfSubjectAccessReviewBuilder(question)
                  .withNewStatus()
                  .withAllowed(isAllowed)
                  .endStatus()
                  .build();
            })
        .always();
  }

  private static ConfigMapList emptyList() {
    return new ConfigMapListBuilder()
        .withNewMetadata()
        .withResourceVersion("1")
        .endMetadata()
        .build();
  }

  private static Status status(int code) {
    return new StatusBuilder().withCode(code).build();
  }
}
