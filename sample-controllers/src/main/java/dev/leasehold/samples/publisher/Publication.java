package dev.leasehold.samples.publisher;

import dev.leasehold.controller.ResourceKey;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is published of a Service, and what is noted on it. Decides, and does nothing. */
final class Publication {

  /** The label that asks to be published, with the value {@code true}. */
  static final String ASKS = "samples.leasehold.dev/publish";

  /** What keeps a Service from being deleted before it has been withdrawn. */
  static final String FINALIZER = "samples.leasehold.dev/published";

  /** The annotation with the text that was published. */
  static final String TEXT = "samples.leasehold.dev/published";

  /** The annotation with the epoch under which that was. */
  static final String EPOCH = "samples.leasehold.dev/published-epoch";

  /** The annotation with what stands in the way. */
  static final String PROBLEM = "samples.leasehold.dev/publish-problem";

  private Publication() {}

  /** Whether a Service asks to be published. */
  static boolean isAsked(Service service) {
    return "true".equals(value(service.getMetadata().getLabels(), ASKS))
        && !service.isMarkedForDeletion();
  }

  /** Whether something of it may be in the registry. */
  static boolean isHeld(Service service) {
    return service.getMetadata().getFinalizers().contains(FINALIZER);
  }

  /** The Service as it must be before it may be published. */
  static Service held(Service service) {
    return new ServiceBuilder(service)
        .editMetadata()
        .addToFinalizers(FINALIZER)
        .endMetadata()
        .build();
  }

  /** Its name in the registry. */
  static String nameOf(ResourceKey key) {
    return key.namespace() + "." + key.name();
  }

  /** The text to be published: where it answers, such as {@code 10.0.0.7 80/TCP 443/TCP}. */
  static String textOf(Service service) {
    String address = service.getSpec().getClusterIP();
    return service.getSpec().getPorts().stream()
        .map(Publication::port)
        .collect(Collectors.joining(" ", address == null ? "None " : address + " ", ""));
  }

  /** Whether all that is to be done has been done under this epoch. */
  static boolean isUpToDate(Service service, long epoch) {
    Map<String, String> notes = service.getMetadata().getAnnotations();
    return value(notes, TEXT).equals(textOf(service))
        && value(notes, EPOCH).equals(Long.toUnsignedString(epoch))
        && value(notes, PROBLEM).isEmpty();
  }

  /** The Service with a note of what was published. */
  static Service published(Service service, long epoch) {
    return new ServiceBuilder(service)
        .editMetadata()
        .addToAnnotations(TEXT, textOf(service))
        .addToAnnotations(EPOCH, Long.toUnsignedString(epoch))
        .removeFromAnnotations(PROBLEM)
        .endMetadata()
        .build();
  }

  /** The Service without any note, free to be deleted. */
  static Service withdrawn(Service service) {
    return new ServiceBuilder(service)
        .editMetadata()
        .removeFromAnnotations(TEXT)
        .removeFromAnnotations(EPOCH)
        .removeFromAnnotations(PROBLEM)
        .removeFromFinalizers(FINALIZER)
        .endMetadata()
        .build();
  }

  /** The Service with a note of what stands in the way; empty if it tells so already. */
  static Optional<Service> hindered(Service service, String problem) {
    if (value(service.getMetadata().getAnnotations(), PROBLEM).equals(problem)) {
      return Optional.empty();
    }
    return Optional.of(
        new ServiceBuilder(service)
            .editMetadata()
            .addToAnnotations(PROBLEM, problem)
            .endMetadata()
            .build());
  }

  private static String port(ServicePort port) {
    return port.getPort() + "/" + (port.getProtocol() == null ? "TCP" : port.getProtocol());
  }

  private static String value(Map<String, String> of, String name) {
    return of == null ? "" : of.getOrDefault(name, "");
  }
}
