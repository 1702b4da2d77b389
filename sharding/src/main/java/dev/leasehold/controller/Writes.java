package dev.leasehold.controller;

import dev.leasehold.queue.Permit;
import dev.leasehold.queue.TermOver;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes to the API server for as long as a permit stands: each one asks the permit right before it
 * is sent, and is refused with {@link TermOver} once that has lapsed.
 *
 * <p>Each is sent once. A client's own retries would repeat a request that failed long after the
 * permit was asked; here a failure goes up, and the key is retried under a permit that is asked
 * anew. What is on its way when the term ends still arrives: a write that must not meet a
 * successor's needs a {@code resourceVersion}, as {@link #update} does.
 *
 * <p>What {@link #create}, {@link #update} and {@link #updateStatus} write doesn't bring the key of
 * the run back by itself, since the run knows it; return {@link Result#requeueAfter} to be called
 * again. What {@link #apply} and {@link #patchStatus} write does, once, because the answer may hold
 * changes of others that the run has not seen; so does a resource that was created without a name,
 * if its event comes before the answer that tells the name.
 *
 * <p>Given resources are never changed, so they may come from the cache; answers are the caller's.
 * All methods block until the API server has answered and throw {@link KubernetesClientException}
 * if it refuses or doesn't answer, with code 409 if the resource has changed since it was read: let
 * it go up, and the key is retried with what the cache knows by then.
 *
 * <p>Thread-safe.
 */
public final class Writes {

  private final KubernetesClient client;
  private final String fieldManager;
  private final Permit permit;
  private final Tally tally;
  private final OwnWrites own;
  private final ResourceKey writer;

  private Writes(
      KubernetesClient client,
      String fieldManager,
      Permit permit,
      Tally tally,
      OwnWrites own,
      ResourceKey writer) {
    this.client = client;
    this.fieldManager = fieldManager;
    this.permit = permit;
    this.tally = tally;
    this.own = own;
    this.writer = writer;
  }

  /**
   * Writes under a permit, for tests of reconcilers; at work, requests bring their own.
   *
   * @param client what the writes go by; left open
   * @param fieldManager whose fields server-side apply calls those that are applied
   * @param permit asked before each write
   */
  public static Writes of(KubernetesClient client, String fieldManager, Permit permit) {
    return new Writes(
        once(client),
        fieldManager,
        permit,
        Tally.NONE,
        new OwnWrites(key -> 0, key -> {}, Tally.NONE),
        new ResourceKey("", fieldManager));
  }

  /** The writes of a run of the key. */
  static Writes of(ControllerPorts ports, OwnWrites own, Permit permit, ResourceKey key) {
    return new Writes(ports.client(), ports.fieldManager(), permit, ports.tally(), own, key);
  }

  /** The same connections without repetitions; not to be closed. */
  static KubernetesClient once(KubernetesClient client) {
    RequestConfig once =
        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
            .withRequestRetryBackoffLimit(0)
            .build();
    return client.newClient(once).adapt(KubernetesClient.class);
  }

  /**
   * Makes a resource have the given fields, whether it exists or not, by server-side apply. Fields
   * that were applied earlier and are left out now are removed; those of others are kept, except
   * that conflicts are decided in favour of this write.
   *
   * @param wanted the fields that the controller decides about; a {@code resourceVersion} among
   *     them makes it fail if the resource has changed since
   * @return the resource as it is now
   */
  public <T extends HasMetadata> T apply(T wanted) {
    T bare = wanted;
    if (!wanted.getMetadata().getManagedFields().isEmpty()) {
      // The API server refuses to be told who manages what.
      bare = client.getKubernetesSerialization().clone(wanted);
      bare.getMetadata().setManagedFields(List.of());
    }
    return send(
        bare, resource -> resource.fieldManager(fieldManager).forceConflicts().serverSideApply());
  }

  /**
   * Creates a resource; code 409 if it exists.
   *
   * @param fresh what is created. With a {@code generateName} instead of a name it can't exist, so
   *     a retry after an answer that got lost creates another one
   */
  public <T extends HasMetadata> T create(T fresh) {
    return sendAsRead(fresh, NamespaceableResource::create);
  }

  /**
   * Replaces a resource, except for its status, if it is still as it was read.
   *
   * @param changed a changed copy of what was read, with its {@code resourceVersion}
   * @throws IllegalArgumentException if it has none
   */
  public <T extends HasMetadata> T update(T changed) {
    requireVersion(changed);
    return sendAsRead(changed, NamespaceableResource::update);
  }

  /**
   * Replaces the status of a resource if the resource is still as it was read.
   *
   * @param changed a changed copy of what was read, with its {@code resourceVersion}
   * @throws IllegalArgumentException if it has none
   */
  public <T extends HasMetadata> T updateStatus(T changed) {
    requireVersion(changed);
    return sendAsRead(changed, NamespaceableResource::updateStatus);
  }

  /**
   * Replaces the status of a resource whatever has happened to the resource meanwhile, for a status
   * that is this controller's alone. If another resource has its name by now, that keeps its own:
   * the API server answers with code 422 then, and the key is retried.
   *
   * @param changed a changed copy of what was read; only its status is sent, and its {@code uid} to
   *     be compared if it has one
   * @throws IllegalArgumentException if it has no status
   */
  public <T extends HasMetadata> T patchStatus(T changed) {
    Object status =
        client.getKubernetesSerialization().convertValue(changed, Map.class).get("status");
    if (status == null) {
      throw new IllegalArgumentException(
          "The %s %s has no status to write."
              .formatted(changed.getKind(), ResourceKey.of(changed)));
    }
    List<Map<String, Object>> patch = new ArrayList<>();
    String uid = changed.getMetadata().getUid();
    if (uid != null) {
      patch.add(Map.of("op", "test", "path", "/metadata/uid", "value", uid));
    }
    patch.add(put("/status", status));
    String json = asJson(patch);
    return send(
        changed,
        resource -> resource.subresource("status").patch(PatchContext.of(PatchType.JSON), json));
  }

  /**
   * Deletes a resource by its name, whatever has become of it since it was read; what it owns is
   * deleted behind it. Does nothing if it is gone already.
   */
  public void delete(HasMetadata resource) {
    send(resource, NamespaceableResource::delete);
  }

  /** Replaces the finalizers of a resource if the resource is still as it was read. */
  <T extends HasMetadata> T replaceFinalizers(T read, List<String> finalizers) {
    requireVersion(read);
    // Not by an update: that would lose each field that the Java class doesn't know.
    String version = read.getMetadata().getResourceVersion();
    String patch =
        asJson(
            List.of(
                put("/metadata/resourceVersion", version),
                put("/metadata/finalizers", finalizers)));
    return sendAsRead(read, resource -> resource.patch(PatchContext.of(PatchType.JSON), patch));
  }

  /** Sends what only succeeds if the resource is as it was read, or doesn't exist. */
  private <T extends HasMetadata> T sendAsRead(
      T resource, Function<NamespaceableResource<T>, T> request) {
    return own.send(writer, resource, () -> send(resource, request));
  }

  private <T extends HasMetadata, A> A send(
      T resource, Function<NamespaceableResource<T>, A> request) {
    try {
      permit.check();
    } catch (TermOver over) {
      tally.count(Occurrence.WRITE_REFUSED);
      throw over;
    }
    A answer;
    try {
      answer = request.apply(client.resource(resource));
    } catch (RuntimeException failure) {
      tally.count(Occurrence.WRITE_FAILED);
      throw failure;
    }
    tally.count(Occurrence.WRITE_DONE);
    return answer;
  }

  private String asJson(List<Map<String, Object>> patch) {
    return client.getKubernetesSerialization().asJson(patch);
  }

  /** In a JSON patch, adding what exists replaces it. */
  private static Map<String, Object> put(String path, Object value) {
    return Map.of("op", "add", "path", path, "value", value);
  }

  private static void requireVersion(HasMetadata resource) {
    if (resource.getMetadata().getResourceVersion() == null) {
      throw new IllegalArgumentException(
          "The %s %s has no resourceVersion: change a copy of what was read, or use apply."
              .formatted(resource.getKind(), ResourceKey.of(resource)));
    }
  }
}
