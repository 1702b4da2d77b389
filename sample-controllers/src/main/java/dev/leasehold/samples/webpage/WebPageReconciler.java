package dev.leasehold.samples.webpage;

import dev.leasehold.controller.Reconciler;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.Result;
import dev.leasehold.queue.Permit;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a page's ConfigMap as the page asks, and writes the page's status.
 *
 * <p>The status is written when it would tell something new or the ConfigMap had to be written: so
 * once for each change, and once for each page of a bucket that has moved. Its own writes come back
 * as events that change nothing.
 *
 * <p>Thread-safe.
 */
public final class WebPageReconciler implements Reconciler<WebPage> {

  private static final Duration NEXT_LOOK = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final Clock clock;
  private final Duration work;

  /** What was done about the ConfigMap. */
  private record Outcome(boolean written, @Nullable String complaint) {}

  /**
   * A reconciler for the pages of one cluster.
   *
   * @param client the cluster; left open
   * @param clock what tells the time that a status shows
   * @param work how long each run takes at least, as if it had more to do; zero or more
   */
  public WebPageReconciler(KubernetesClient client, Clock clock, Duration work) {
    this.client = client;
    this.clock = clock;
    this.work = work;
  }

  @Override
  public Result reconcile(Request<WebPage> request) throws InterruptedException {
    takeTime();
    WebPage page = request.resource().orElse(null);
    if (page == null || page.isMarkedForDeletion()) {
      // The ConfigMap goes with its owner.
      return Result.done();
    }
    try {
      Outcome outcome = keepConfigMap(page, request.permit());
      tell(page, request.permit(), outcome);
      return outcome.complaint() == null ? Result.done() : Result.requeueAfter(NEXT_LOOK);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // The cache was behind. What is newer is on its way, and the queue waits a moment for it.
        return Result.retry();
      }
      throw refused;
    }
  }

  private Outcome keepConfigMap(WebPage page, Permit permit) {
    PageConfigMap wanted = new PageConfigMap(page);
    if (wanted.nameIsTooLong()) {
      return new Outcome(false, wanted.complaintAboutName());
    }
    ConfigMap existing =
        client
            .configMaps()
            .inNamespace(page.getMetadata().getNamespace())
            .withName(wanted.name())
            .get();
    if (existing == null) {
      permit.check();
      client.resource(wanted.fresh()).create();
      return new Outcome(true, null);
    }
    if (!wanted.mayBeWritten(existing)) {
      return new Outcome(false, wanted.complaintAboutOwner());
    }
    if (wanted.isLike(existing)) {
      return new Outcome(false, null);
    }
    permit.check();
    client.resource(wanted.mended(existing)).update();
    return new Outcome(true, null);
  }

  private void tell(WebPage page, Permit permit, Outcome outcome) {
    WebPageStatus status =
        new WebPageStatus(
            page.getMetadata().getGeneration(),
            permit.identity(),
            Long.toUnsignedString(permit.epoch()),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            outcome.complaint());
    if (!outcome.written() && status.tellsTheSameAs(page.getStatus())) {
      return;
    }
    permit.check();
    try {
      client.resource(page.withStatus(status)).updateStatus();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw refused;
      }
      // The page was deleted meanwhile, and its status with it.
    }
  }

  /** Ends early by an interrupt alone, which comes when the bucket is lost. */
  private void takeTime() throws InterruptedException {
    if (!work.isZero()) {
      boolean unused = new CountDownLatch(1).await(work.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
