package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Locks that are objects of one kind.
 *
 * <p>One request a write, by POST, PUT and DELETE. A PUT carries uid and {@code resourceVersion},
 * since the API server would create a missing Lease from one that carries neither; and the answer's
 * uid is looked at, for servers that ignore it.
 */
abstract class ObjectStore<T extends HasMetadata> implements LockStore {

  private static final int TOO_MANY_REQUESTS = 429;

  private final KubernetesClient client;
  private final String namespace;
  private final Executor executor;
  private final LockFormat<T> format;

  ObjectStore(KubernetesClient client, String namespace, Executor executor, LockFormat<T> format) {
    this.client = client;
    this.namespace = namespace;
    this.executor = executor;
    this.format = format;
  }

  @Override
  public final CompletionStage<Outcome> create(String name, LockRecord record) {
    return send(
        "create",
        name,
        () -> {
          T object = format.object(namespace, name, null, Foreign.NONE, record);
          return new Outcome.Written(versionIn(client.raw(collection(), "POST", object)));
        });
  }

  @Override
  public final CompletionStage<Outcome> replace(LockSnapshot base, LockRecord record) {
    return replace(base.name(), base.version(), base.foreign(), record);
  }

  @Override
  public final CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
    return replace(name, expected, Foreign.NONE, record);
  }

  private CompletionStage<Outcome> replace(
      String name, Version expected, Foreign foreign, LockRecord record) {
    return send(
        "update",
        name,
        () -> {
          T object = format.object(namespace, name, expected, foreign, record);
          Version written = versionIn(client.raw(item(name), "PUT", object));
          return written.uid().equals(expected.uid())
              ? new Outcome.Written(written)
              : new Outcome.Conflict();
        });
  }

  @Override
  public final CompletionStage<Outcome> delete(String name, Version expected) {
    return send("delete", name, () -> deleted(name, expected));
  }

  private Outcome deleted(String name, Version expected) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withNewPreconditions()
            .withUid(expected.uid())
            .withResourceVersion(expected.resourceVersion())
            .endPreconditions()
            .build();
    client.raw(item(name), "DELETE", options);
    return new Outcome.Written(expected);
  }

  @Override
  public final CompletionStage<Outcome> removeUnseen(String name, Map<String, String> labels) {
    return send(
        "get",
        name,
        () -> {
          String json = client.raw(item(name), "GET", null);
          T object = client.getKubernetesSerialization().unmarshal(json, format.type());
          Map<String, String> found = object.getMetadata().getLabels();
          if (found != null && found.entrySet().containsAll(labels.entrySet())) {
            return new Outcome.Conflict();
          }
          return deleted(name, LockFormat.version(object.getMetadata()));
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
        "%s of %s %s/%s failed: %s"
            .formatted(verb, format.kind(), namespace, name, firstLine(cause));
    if (code == 404 && verb.equals("create")) {
      return new Outcome.Refused("%s; does the namespace %s exist?".formatted(reason, namespace));
    }
    if (code == 404 || code == 409 || code == 410) {
      return new Outcome.Conflict();
    }
    if (code == 403) {
      return new Outcome.Refused(format.forbidden(verb, namespace));
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
    T written = client.getKubernetesSerialization().unmarshal(json, format.type());
    return LockFormat.version(written.getMetadata());
  }

  private String collection() {
    return format.api() + "/namespaces/" + namespace + "/" + format.plural();
  }

  private String item(String name) {
    return collection() + "/" + name;
  }
}
