package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Locks that are Leases ({@code coordination.k8s.io/v1}).
 *
 * <p>One request a write, by POST, PUT and DELETE. A PUT carries uid and {@code resourceVersion},
 * since the API server would create a missing Lease from one that carries neither; and the answer's
 * uid is looked at, for servers that ignore it.
 */
public final class LeaseStore implements LockStore {

  private static final int TOO_MANY_REQUESTS = 429;

  private final KubernetesClient client;
  private final String namespace;
  private final Executor executor;

  /**
   * Creates a store; nothing is sent.
   *
   * @param client a client of its own, see {@link LeaseClient}; closed by whoever made it
   * @param namespace where the Leases are
   * @param executor runs the requests, which block its threads
   */
  public LeaseStore(KubernetesClient client, String namespace, Executor executor) {
    this.client = client;
    this.namespace = namespace;
    this.executor = executor;
  }

  @Override
  public CompletionStage<Outcome> create(String name, LockRecord record) {
    return send(
        "create",
        name,
        () -> {
          Lease lease = LeaseFormat.lease(namespace, name, null, record);
          return new Outcome.Written(versionIn(client.raw(collection(), "POST", lease)));
        });
  }

  @Override
  public CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
    return send(
        "update",
        name,
        () -> {
          Lease lease = LeaseFormat.lease(namespace, name, expected, record);
          Version written = versionIn(client.raw(item(name), "PUT", lease));
          return written.uid().equals(expected.uid())
              ? new Outcome.Written(written)
              : new Outcome.Conflict();
        });
  }

  @Override
  public CompletionStage<Outcome> delete(String name, Version expected) {
    return send(
        "delete",
        name,
        () -> {
          DeleteOptions options =
              new DeleteOptionsBuilder()
                  .withNewPreconditions()
                  .withUid(expected.uid())
                  .withResourceVersion(expected.resourceVersion())
                  .endPreconditions()
                  .build();
          client.raw(item(name), "DELETE", options);
          return new Outcome.Written(expected);
        });
  }

  private CompletionStage<Outcome> send(String verb, String name, Supplier<Outcome> request) {
    return CompletableFuture.supplyAsync(request, executor)
        .exceptionally(failure -> outcome(verb, name, failure));
  }

  private Outcome outcome(String verb, String name, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    int code = cause instanceof KubernetesClientException refused ? refused.getCode() : 0;
    String reason =
        "%s of Lease %s/%s failed: %s".formatted(verb, namespace, name, firstLine(cause));
    if (code == 404 || code == 409 || code == 410) {
      return new Outcome.Conflict();
    }
    if (code == 403) {
      return new Outcome.Refused(
          "The API server forbids this user to %s leases.coordination.k8s.io in namespace %s: grant the verb by a Role."
              .formatted(verb, namespace));
    }
    // Below 500 the server has decided before it wrote; 408 is a timeout on the way.
    boolean decided = code >= 400 && code < 500 && code != 408;
    return decided || code == TOO_MANY_REQUESTS
        ? new Outcome.Refused(reason)
        : new Outcome.Unknown(reason);
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.toString() : message.lines().findFirst().orElse(message);
  }

  private Version versionIn(@Nullable String json) {
    if (json == null) {
      throw new IllegalStateException("The API server answered a write with nothing.");
    }
    Lease lease = client.getKubernetesSerialization().unmarshal(json, Lease.class);
    return LeaseFormat.version(lease.getMetadata());
  }

  private String collection() {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
  }

  private String item(String name) {
    return collection() + "/" + name;
  }
}
