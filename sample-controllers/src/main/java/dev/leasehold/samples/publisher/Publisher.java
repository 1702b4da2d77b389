package dev.leasehold.samples.publisher;

import dev.leasehold.controller.Controller;
import dev.leasehold.controller.Reconciler;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.Result;
import dev.leasehold.queue.Permit;
import dev.leasehold.samples.publisher.RegistryClient.Answer;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
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

  private final KubernetesClient client;
  private final RegistryClient registry;

  /**
   * A publisher.
   *
   * @param client the cluster; left open
   * @param registry the registry's address, such as {@code http://registry:8090}
   */
  Publisher(KubernetesClient client, URI registry) {
    this.client = client;
    this.registry = new RegistryClient(registry);
  }

  /**
   * The controller.
   *
   * @param client the cluster; left open
   * @param namespace where the Services are
   * @param registry the registry's address
   * @param buckets how many
   * @param workers how many keys may run at once
   */
  public static Controller<Service> controller(
      KubernetesClient client, String namespace, URI registry, int buckets, int workers) {
    return Controller.of(Service.class)
        .named("publisher")
        .buckets(buckets)
        .workers(workers)
        .namespaces(namespace)
        .reconciler(new Publisher(client, registry));
  }

  @Override
  public Result reconcile(Request<Service> request) throws IOException, InterruptedException {
    Service service = request.resource().orElse(null);
    if (service == null) {
      // It was withdrawn before: the finalizer saw to that.
      return Result.done();
    }
    Permit permit = request.permit();
    String name = Publication.nameOf(request.key());
    try {
      return Publication.isAsked(service)
          ? publish(service, name, permit)
          : withdraw(service, name, permit);
    } catch (KubernetesClientException refused) {
      return switch (refused.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> Result.retry();
        case HttpURLConnection.HTTP_NOT_FOUND -> Result.done();
        default -> throw refused;
      };
    }
  }

  private Result publish(Service service, String name, Permit permit)
      throws IOException, InterruptedException {
    if (Publication.isUpToDate(service, permit.epoch())) {
      return Result.done();
    }
    permit.check();
    if (!Publication.isHeld(service)) {
      client.resource(Publication.held(service)).update();
      // That change brings the key back.
      return Result.done();
    }
    Answer answer;
    try {
      answer = registry.put(name, Publication.textOf(service), permit.epoch());
    } catch (IOException unanswered) {
      tell(service, "The registry can't be written: " + unanswered, permit);
      throw unanswered;
    }
    if (answer == Answer.ACCEPTED) {
      permit.check();
      client.resource(Publication.published(service, permit.epoch())).update();
    }
    return after(answer, name, permit);
  }

  private Result withdraw(Service service, String name, Permit permit)
      throws IOException, InterruptedException {
    if (!Publication.isHeld(service)) {
      return Result.done();
    }
    permit.check();
    Answer answer = registry.delete(name, permit.epoch());
    if (answer == Answer.ACCEPTED) {
      permit.check();
      client.resource(Publication.withdrawn(service)).update();
    }
    return after(answer, name, permit);
  }

  private static Result after(Answer answer, String name, Permit permit) {
    if (answer == Answer.ACCEPTED) {
      return Result.done();
    }
    log.warn(
        "The registry refuses epoch {} for {}: a newer leader has written.",
        Long.toUnsignedString(permit.epoch()),
        name);
    // If this replica is the late one its term ends any moment; if not, it is worth another try.
    return Result.requeueAfter(NEXT_TRY);
  }

  private void tell(Service service, String problem, Permit permit) {
    Publication.hindered(service, problem)
        .ifPresent(
            noted -> {
              permit.check();
              client.resource(noted).update();
            });
  }
}
