package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API server what this account may do. */
final class Permissions {

  private static final Logger log = LoggerFactory.getLogger(Permissions.class);
  private static final List<String> LEASE_VERBS =
      List.of("get", "list", "watch", "create", "update", "delete");

  private Permissions() {}

  /**
   * Checks, before anything begins, that the API server answers and that this account may do what
   * elections need: read and write Leases.
   *
   * @throws StartFailure with one sentence if it doesn't answer or something is forbidden
   */
  static void check(KubernetesClient client, String namespace) {
    TypeScope<Lease> leases =
        new TypeScope<>(ResourceType.of(Lease.class), namespace, "", FieldSelector.NONE);
    List<String> denied =
        LEASE_VERBS.stream().filter(verb -> isDeniedAtStart(client, verb, leases)).toList();
    if (!denied.isEmpty()) {
      throw denial(denied, leases);
    }
  }

  /**
   * Whether the API server says that this account may not do something.
   *
   * @throws KubernetesClientException if it doesn't say; some clusters forbid the question itself
   */
  static boolean isDenied(KubernetesClient client, String verb, TypeScope<?> scope) {
    SelfSubjectAccessReview question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withGroup(scope.type().group())
            .withResource(scope.type().plural())
            .withNamespace(scope.namespace())
            // Who selects one name needs no more than a Role with that resourceName.
            .withName(scope.fields().with().get(FieldSelector.NAME))
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    SelfSubjectAccessReview answer =
        client
            .getKubernetesSerialization()
            .unmarshal(
                client.raw(
                    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "POST", question),
                SelfSubjectAccessReview.class);
    // A server without authorization (a mock, say) has no opinion, which is no refusal.
    return answer != null
        && answer.getStatus() != null
        && Boolean.FALSE.equals(answer.getStatus().getAllowed());
  }

  /** Says in a sentence which verbs are missing where, and what to do. */
  static StartFailure denial(List<String> verbs, TypeScope<?> scope) {
    return new StartFailure(
        "This account may not %s %s: grant it %s on that resource by a %s."
            .formatted(
                String.join(" or ", verbs),
                scope,
                verbs.size() == 1 ? "the verb" : "the verbs",
                scope.namespace().isEmpty() ? "ClusterRole" : "Role"),
        new IllegalStateException("denied by a SelfSubjectAccessReview"));
  }

  private static boolean isDeniedAtStart(
      KubernetesClient client, String verb, TypeScope<Lease> leases) {
    try {
      return isDenied(client, verb, leases);
    } catch (KubernetesClientException failure) {
      requireAnswer(client, failure);
      // The question itself is forbidden; the writes will tell.
      log.debug("The API server doesn't answer questions about permissions.", failure);
      return false;
    }
  }

  private static void requireAnswer(KubernetesClient client, KubernetesClientException failure) {
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
  }
}
