package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API server, before anything begins, whether this account may do what elections need. */
final class Permissions {

  private static final Logger log = LoggerFactory.getLogger(Permissions.class);
  private static final List<String> LEASE_VERBS =
      List.of("get", "list", "watch", "create", "update", "delete");

  private Permissions() {}

  /**
   * Checks that the API server answers and that Leases may be read and written.
   *
   * @throws StartFailure with one sentence if it doesn't answer or something is forbidden
   */
  static void check(KubernetesClient client, String namespace) {
    List<String> denied =
        LEASE_VERBS.stream().filter(verb -> !isAllowed(client, namespace, verb)).toList();
    if (!denied.isEmpty()) {
      throw new StartFailure(
          "This account may not %s leases.coordination.k8s.io in namespace %s: grant it %s on that resource by a Role."
              .formatted(
                  String.join(" or ", denied),
                  namespace,
                  denied.size() == 1 ? "the verb" : "the verbs"),
          new IllegalStateException("denied by a SelfSubjectAccessReview"));
    }
  }

  private static boolean isAllowed(KubernetesClient client, String namespace, String verb) {
    SelfSubjectAccessReview question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withGroup("coordination.k8s.io")
            .withResource("leases")
            .withNamespace(namespace)
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    try {
      SelfSubjectAccessReview answer =
          client
              .getKubernetesSerialization()
              .unmarshal(
                  client.raw(
                      "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "POST", question),
                  SelfSubjectAccessReview.class);
      // A server without authorization (a mock, say) has no opinion, which is no refusal.
      return answer == null || answer.getStatus() == null || !isDenied(answer);
    } catch (KubernetesClientException failure) {
      return explained(client, failure);
    }
  }

  private static boolean isDenied(SelfSubjectAccessReview answer) {
    return Boolean.FALSE.equals(answer.getStatus().getAllowed());
  }

  private static boolean explained(KubernetesClient client, KubernetesClientException failure) {
    String server = client.getMasterUrl().toString();
    if (failure.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      throw new StartFailure(
          "The API server at %s doesn't accept these credentials: check the kubeconfig or the service account's token."
              .formatted(server),
          failure);
    }
    if (failure.getCode() < HttpURLConnection.HTTP_OK) {
      // No answer at all; the client has 0 or -1 for that.
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new StartFailure(
          "The API server at %s can't be reached (%s): check the address and that it runs."
              .formatted(server, cause.getMessage() == null ? cause : cause.getMessage()),
          failure);
    }
    // Some clusters forbid the question itself; the writes will tell.
    log.debug("The API server doesn't answer questions about permissions.", failure);
    return true;
  }
}
