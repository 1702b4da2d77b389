package dev.leasehold.samples.publisher;

import dev.leasehold.controller.Controller;
import dev.leasehold.controller.Reconciler;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.Result;
import dev.leasehold.queue.Permit;
import dev.leasehold.samples.publisher.RegistryClient.Answer;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes labelled Services to a registry outside the cluster, under the epoch of the bucket's
 * term, and notes the outcome on the Service.
 *
 * <p>The note is what makes a run that has nothing to do cheap; the epoch in it makes each new
 * leader publish once more, which is what shuts the earlier ones out.
 *
 * <p>Thread-safe.
 */
public final class Publisher implements Reconciler<Service> {

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final Duration NEXT_TRY = Duration.ofSeconds(30);

  private final RegistryClient registry;

  /**
   * A publisher.
   *
   * @param registry the registry's address, such as {@code http://registry:8090}
   */
  Publisher(URI registry) {
    this.registry = new RegistryClient(registry);
  }

  /**
   * The controller.
   *
   * @param namespace where the Services are
   * @param registry the registry's address
   * @param buckets how many
   * @param workers how many keys may run at once
   */
  public static Controller<Service> controller(
      String namespace, URI registry, int buckets, int workers) {
    return Controller.of(Service.class)
        .named("publisher")
        .buckets(buckets)
        .workers(workers)
        .namespaces(namespace)
        .reconciler(new Publisher(registry));
  }

  @Override
  public Result reconcile(Request<Service> request) throws IOException, InterruptedException {
    Service service = request.resource().orElse(null);
    if (service == null) {
      // It was withdrawn before: the finalizer saw to that.
      return Result.done();
    }
    try {
      return Publication.isAsked(service) ? publish(service, request) : withdraw(service, request);
    } catch (KubernetesClientException refused) {
      return switch (refused.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> Result.retry();
        case HttpURLConnection.HTTP_NOT_FOUND -> Result.done();
        default -> throw refused;
      };
    }
  }

  private Result publish(Service service, Request<Service> request)
      throws IOException, InterruptedException {
    Permit permit = request.permit();
    if (Publication.isUpToDate(service, permit.epoch())) {
      return Result.done();
    }
    // Held before it is published, so that it can't go without being withdrawn.
    Service held =
        Publication.isHeld(service) ? service : request.writes().update(Publication.held(service));
    permit.check();
    Answer answer;
    try {
      answer = registry.put(nameOf(request), Publication.textOf(held), permit.epoch());
    } catch (IOException unanswered) {
      Publication.hindered(held, "The registry can't be written: " + unanswered)
          .ifPresent(noted -> request.writes().update(noted));
      throw unanswered;
    }
    if (answer == Answer.ACCEPTED) {
      request.writes().update(Publication.published(held, permit.epoch()));
    }
    return after(answer, request);
  }

  private Result withdraw(Service service, Request<Service> request)
      throws IOException, InterruptedException {
    if (!Publication.isHeld(service)) {
      return Result.done();
    }
    request.permit().check();
    Answer answer = registry.delete(nameOf(request), request.permit().epoch());
    if (answer == Answer.ACCEPTED) {
      request.writes().update(Publication.withdrawn(service));
    }
    return after(answer, request);
  }

  private static String nameOf(Request<Service> request) {
    return Publication.nameOf(request.key());
  }

  private static Result after(Answer answer, Request<Service> request) {
    if (answer == Answer.ACCEPTED) {
      return Result.done();
    }
    log.warn(
        "The registry refuses epoch {} for {}: a newer leader has written.",
        Long.toUnsignedString(request.permit().epoch()),
        request.key());
    // If this replica is the late one its term ends any moment; if not, it is worth another try.
    return Result.requeueAfter(NEXT_TRY);
  }
}
