package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ConfigMaps that hold a lock in client-go's annotation, as JSON with its field names; times are
 * RFC 3339 in whole seconds, and null where there is none.
 *
 * <p>An annotation that isn't that JSON reads as a record that says nothing: never as a free lock.
 */
final class ConfigMapFormat implements LockFormat<ConfigMap> {

  /** Where client-go keeps the record. */
  static final String RECORD = "control-plane.alpha.kubernetes.io/leader";

  private static final String HOLDER = "holderIdentity";
  private static final String DURATION = "leaseDurationSeconds";
  private static final String ACQUIRED = "acquireTime";
  private static final String RENEWED = "renewTime";
  private static final String TRANSITIONS = "leaderTransitions";

  private final KubernetesSerialization json;

  ConfigMapFormat(KubernetesSerialization json) {
    this.json = json;
  }

  @Override
  public Class<ConfigMap> type() {
    return ConfigMap.class;
  }

  @Override
  public String kind() {
    return "ConfigMap";
  }

  @Override
  public String api() {
    return "/api/v1";
  }

  @Override
  public String plural() {
    return "configmaps";
  }

  @Override
  public LockRecord record(ConfigMap map) {
    ObjectMeta metadata = map.getMetadata();
    Map<?, ?> fields = fields(map);
    Map<String, String> others = new HashMap<>(LockFormat.orEmpty(metadata.getAnnotations()));
    others.remove(RECORD);
    return new LockRecord(
        fields.get(HOLDER) instanceof String holder ? holder : "",
        number(fields.get(DURATION)),
        instant(fields.get(ACQUIRED)),
        instant(fields.get(RENEWED)),
        number(fields.get(TRANSITIONS)),
        LockFormat.orEmpty(metadata.getLabels()),
        others);
  }

  @Override
  public ConfigMap object(@Nullable ConfigMap before, ObjectMeta metadata, LockRecord record) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(HOLDER, record.holder());
    fields.put(DURATION, record.durationSeconds());
    fields.put(ACQUIRED, text(record.acquired()));
    fields.put(RENEWED, text(record.renewed()));
    fields.put(TRANSITIONS, record.transitions());
    if (before != null) {
      // Fields of a later client-go.
      fields(before).forEach((key, value) -> fields.putIfAbsent(String.valueOf(key), value));
    }
    Map<String, String> annotations = new HashMap<>(record.annotations());
    annotations.put(RECORD, json.asJson(fields));
    metadata.setAnnotations(annotations);
    return (before == null ? new ConfigMapBuilder() : new ConfigMapBuilder(before))
        .withMetadata(metadata)
        .build();
  }

  private Map<?, ?> fields(ConfigMap map) {
    String text = LockFormat.orEmpty(map.getMetadata().getAnnotations()).get(RECORD);
    if (text == null) {
      return Map.of();
    }
    try {
      Object read = json.unmarshal(text, Object.class);
      return read instanceof Map<?, ?> fields ? fields : Map.of();
    } catch (RuntimeException garbled) {
      return Map.of();
    }
  }

  private static int number(@Nullable Object value) {
    return value instanceof Integer number ? number : 0;
  }

  private static @Nullable Instant instant(@Nullable Object value) {
    try {
      return value instanceof String text ? Instant.parse(text) : null;
    } catch (DateTimeException garbled) {
      return null;
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
