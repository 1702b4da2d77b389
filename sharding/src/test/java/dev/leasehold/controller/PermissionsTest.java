package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient
class PermissionsTest {

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void ofASourceWithOneNameNoMoreThanThatNameIsAsked() {
    server
        .expect()
        .post()
        .withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
        .andReply(
            HttpURLConnection.HTTP_CREATED,
            request -> {
              SelfSubjectAccessReview question =
                  client
                      .getKubernetesSerialization()
                      .unmarshal(request.getBody().readUtf8(), SelfSubjectAccessReview.class);
              String name = question.getSpec().getResourceAttributes().getName();
              return new SelfSubjectAccessReviewBuilder(question)
                  .withNewStatus()
                  .withAllowed("defaults".equals(name))
                  .endStatus()
                  .build();
            })
        .always();
    Source<ConfigMap> all = Source.of(ConfigMap.class);
    assertThat(Permissions.isDenied(client, "watch", scope(all, "mall"))).isTrue();
    Source<ConfigMap> one = all.fields("metadata.name=defaults");
    assertThat(Permissions.isDenied(client, "watch", scope(one, "mall"))).isFalse();
  }

  @Test
  void whatIsMissingInTheWholeClusterTakesAClusterRole() {
    assertThat(Permissions.denial(List.of("list", "watch"), scope(Source.of(ConfigMap.class))))
        .hasMessage(
            "This account may not list or watch configmaps in the whole cluster: grant it the verbs on that resource by a ClusterRole.");
  }

  private static TypeScope<ConfigMap> scope(Source<ConfigMap> source, String... namespaces) {
    return TypeScope.of(source, Set.of(namespaces)).get(0);
  }
}
