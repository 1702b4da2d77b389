package dev.leasehold.events;

import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.ChangeOfHands;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes Events to the API server, about the Lease of the bucket. */
final class ApiEvents implements EventSink {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** What the API server takes. */
  private static final int LONGEST_NOTE = 1024;

  private static final int LONGEST_INSTANCE = 128;

  private final KubernetesClient client;
  private final LeaseNames names;
  private final String namespace;

  /**
   * Events in a namespace.
   *
   * @param client closed with this
   * @param names the names of the component's Leases
   * @param namespace where the Leases are
   */
  ApiEvents(KubernetesClient client, LeaseNames names, String namespace) {
    this.client = client;
    this.names = names;
    this.namespace = namespace;
  }

  @Override
  public void write(Telling telling) {
    client.resource(event(telling)).create();
  }

  Event event(Telling telling) {
    Change change = telling.last();
    ChangeOfHands what = change.what();
    String lease = names.bucket(what.bucket());
    MicroTime time = new MicroTime(MICROS.format(Instant.ofEpochMilli(change.wallMillis())));
    EventBuilder event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withGenerateName(lease + "-")
            .endMetadata()
            .withNewRegarding()
            .withApiVersion("coordination.k8s.io/v1")
            .withKind("Lease")
            .withNamespace(namespace)
            .withName(lease)
            .withUid(what.leaseUid())
            .endRegarding()
            .withEventTime(time)
            .withType(change.isWarning() ? "Warning" : "Normal")
            .withReason(change.reason())
            .withAction("ChangeHolder")
            .withNote(upTo(LONGEST_NOTE, what.toString()))
            .withReportingController("leasehold.dev/" + names.component())
            .withReportingInstance(upTo(LONGEST_INSTANCE, change.writer()));
    if (telling.times() > 1) {
      event.withNewSeries().withCount(telling.times()).withLastObservedTime(time).endSeries();
    }
    return event.build();
  }

  @Override
  public void close() {
    client.close();
  }

  private static String upTo(int length, String text) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
