package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of object holds a lock: translates between the object and the record. Any object
 * translates, however damaged.
 *
 * @param <T> the kind of object
 */
interface LockFormat<T extends HasMetadata> {

  /** The kind's class. */
  Class<T> type();

  /** The kind in words, for a log line. */
  String kind();

  /** The path of the API group, e.g. {@code /apis/coordination.k8s.io/v1}. */
  String api();

  /** The kind's plural as it is in paths and Roles. */
  String plural();

  /** What the object says as a lock. */
  LockRecord record(T object);

  /**
   * The object that says the record and has this metadata; all else as in the object before.
   *
   * @param before the object before; null if there was none
   */
  T object(@Nullable T before, ObjectMeta metadata, LockRecord record);

  /** The object as a lock, with the object itself to be handed back by whoever replaces it. */
  default LockSnapshot snapshot(T object) {
    ObjectMeta metadata = object.getMetadata();
    return new LockSnapshot(
        metadata.getName(), version(metadata), record(object), new Carried(object));
  }

  /** The object to be sent. */
  default T object(
      String namespace,
      String name,
      @Nullable Version expected,
      Foreign foreign,
      LockRecord record) {
    T before =
        foreign instanceof Carried carried && type().isInstance(carried.object())
            ? type().cast(carried.object())
            : null;
    ObjectMetaBuilder metadata =
        before == null ? new ObjectMetaBuilder() : new ObjectMetaBuilder(before.getMetadata());
    return object(
        before,
        metadata
            .withNamespace(namespace)
            .withName(name)
            .withUid(expected == null ? null : expected.uid())
            .withResourceVersion(expected == null ? null : expected.resourceVersion())
            .withLabels(record.labels())
            .withAnnotations(record.annotations())
            .build(),
        record);
  }

  /** What to say where the API server answers 403. */
  default String forbidden(String verb, String namespace) {
    return "The API server forbids this user to %s %s (%s) in namespace %s: grant the verb by a Role."
        .formatted(verb, plural(), api(), namespace);
  }

  /** The version in an object's metadata. */
  static Version version(ObjectMeta metadata) {
    return Version.of(metadata.getUid(), metadata.getResourceVersion());
  }

  /** The map, or an empty one. */
  static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  /**
   * The whole object as it was seen; never changed.
   *
   * @param object the object
   */
  record Carried(HasMetadata object) implements Foreign {}
}
