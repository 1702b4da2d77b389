package dev.leasehold.samples.webpage;

import dev.leasehold.controller.Controller;
import dev.leasehold.controller.Reconciler;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.Result;
import dev.leasehold.controller.Writes;
import dev.leasehold.samples.webpage.PageObjects.Kept;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what a page asks for, and writes the page's status.
 *
 * <p>The status is written when it would tell something new or something had to be written: so once
 * for each change, and once for each page of a bucket that has moved. Its own writes come back as
 * events that change nothing.
 *
 * <p>Thread-safe.
 */
public final class WebPageReconciler implements Reconciler<WebPage> {

  private static final Duration NEXT_LOOK = Duration.ofMinutes(1);

  private final PageObjects objects;
  private final Clock clock;
  private final Chore chore;
  private final String image;

  /**
   * A reconciler for the pages of one cluster.
   *
   * @param client the cluster; left open
   * @param clock what tells the time that a status shows
   * @param chore what each run does besides
   * @param image what serves pages that ask for servers
   */
  public WebPageReconciler(KubernetesClient client, Clock clock, Chore chore, String image) {
    this.objects = new PageObjects(client);
    this.clock = clock;
    this.chore = chore;
    this.image = image;
  }

  /**
   * The controller.
   *
   * @param namespace where the pages are
   * @param buckets how many
   * @param workers how many keys may run at once
   */
  public Controller<WebPage> controller(String namespace, int buckets, int workers) {
    return Controller.of(WebPage.class)
        .buckets(buckets)
        .workers(workers)
        .namespaces(namespace)
        .owns(ConfigMap.class)
        .owns(Deployment.class)
        .owns(Service.class)
        .reconciler(this);
  }

  @Override
  public Result reconcile(Request<WebPage> request) throws InterruptedException {
    chore.run();
    WebPage page = request.resource().orElse(null);
    if (page == null) {
      return Result.done();
    }
    try {
      WebPage held = hold(page, request.writes());
      return page.isMarkedForDeletion() ? Result.done() : keep(held, request);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // The cache was behind. What is newer is on its way, and the queue waits a moment for it.
        return Result.retry();
      }
      throw refused;
    }
  }

  /** The finalizer comes before the servers and goes after them, so none is ever left behind. */
  private WebPage hold(WebPage page, Writes writes) {
    boolean asked = PageServers.areAsked(page);
    if (asked == PageServers.mayExist(page)) {
      return page;
    }
    if (!asked) {
      objects.remove(new PageDeployment(page, image), page, writes);
      objects.remove(new PageService(page), page, writes);
    }
    return writes.update(page.withFinalizer(PageServers.FINALIZER, asked));
  }

  private Result keep(WebPage page, Request<WebPage> request) {
    List<Kept> kept = new ArrayList<>();
    Readiness readiness = complaintAboutName(page).orElse(Readiness.ready());
    if (readiness.isReady()) {
      partsOf(page).forEach(part -> kept.add(objects.keep(part, page, request.writes())));
      readiness = readinessOf(page, kept);
    }
    tell(page, request, readiness, kept.stream().anyMatch(Kept::isWritten));
    return readiness.isReady() ? Result.done() : Result.requeueAfter(NEXT_LOOK);
  }

  private static Optional<Readiness> complaintAboutName(WebPage page) {
    String ofServers = PageServers.areAsked(page) ? PageServers.complaint(page) : "";
    String complaint = new PageConfigMap(page).complaint() + ofServers;
    return complaint.isEmpty()
        ? Optional.empty()
        : Optional.of(Readiness.hindered("UnsuitableName", complaint));
  }

  private List<Part<?>> partsOf(WebPage page) {
    Part<?> html = new PageConfigMap(page);
    return PageServers.areAsked(page)
        ? List.of(html, new PageService(page), new PageDeployment(page, image))
        : List.of(html);
  }

  private static Readiness readinessOf(WebPage page, List<Kept> kept) {
    for (Kept one : kept) {
      if (one.isForeign()) {
        return Readiness.hindered(
            "NameTaken",
            "There is a %s %s that no page of this name controls: delete it, or choose another name for the page."
                .formatted(one.object().getKind(), one.object().getMetadata().getName()));
      }
    }
    int asked = page.specOrEmpty().servers();
    int ready = kept.stream().mapToInt(one -> PageDeployment.readyOf(one.object())).sum();
    return ready < asked ? Readiness.starting(ready, asked) : Readiness.ready();
  }

  private void tell(
      WebPage page, Request<WebPage> request, Readiness readiness, boolean hasWritten) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    Long generation = page.getMetadata().getGeneration();
    WebPageStatus before = page.getStatus();
    WebPageStatus status =
        new WebPageStatus(
            generation,
            request.permit().identity(),
            Long.toUnsignedString(request.permit().epoch()),
            now,
            List.of(
                readiness.condition(
                    before == null ? Optional.empty() : before.ready(), generation, now)));
    if (!hasWritten && status.tellsTheSameAs(before)) {
      return;
    }
    try {
      request.writes().updateStatus(page.withStatus(status));
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw refused;
      }
      // The page was deleted meanwhile, and its status with it.
    }
  }
}
