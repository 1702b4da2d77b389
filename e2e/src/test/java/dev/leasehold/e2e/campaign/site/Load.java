package dev.leasehold.e2e.campaign.site;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.leasehold.e2e.campaign.check.Change;
import dev.leasehold.samples.webpage.WebPage;
import dev.leasehold.samples.webpage.WebPageStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Changes one page of a half after the other, steadily, on a thread of its own. A change whose
 * outcome is unknown counts for nothing; the page's next one overwrites it.
 *
 * <p>The other half rests: what was changed there last has to be acted upon without another change
 * that would make up for a lost event. Thread-safe.
 */
public final class Load implements AutoCloseable {

  /** In each page, and nowhere else. */
  static final String CONTENT = "nobody-but-readers-of-pages-sees-this";

  private static final int PAGES = 60;
  private static final long PERIOD_MILLIS = 100;

  private final KubernetesClient client;
  private final String namespace;
  private final ScheduledExecutorService editor = Executors.newSingleThreadScheduledExecutor();

  @GuardedBy("this") private final List<Change> changes = new ArrayList<>();

  @GuardedBy("this") private boolean resting;

  @GuardedBy("this") private boolean isSecondHalf;

  @GuardedBy("this") private int next;

  /** Creates the pages and begins to change them. */
  public Load(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    for (int page = 0; page < PAGES; page++) {
      client.resource(WebPage.of(namespace, "page-" + page, html(0))).create();
    }
    var unused = editor.scheduleWithFixedDelay(this::step, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Stops changing pages, or goes on; returns once it does. */
  public synchronized void rest(boolean rests) {
    resting = rests;
  }

  /** Goes on with the other half of the pages. */
  public synchronized void turn() {
    isSecondHalf = !isSecondHalf;
  }

  /** All changes that were confirmed. */
  public synchronized List<Change> changes() {
    return List.copyOf(changes);
  }

  // Under the lock as a whole, so that nothing is under way once it rests.
  private synchronized void step() {
    if (resting) {
      return;
    }
    int number = next++;
    String name = "page-" + (number % (PAGES / 2) + (isSecondHalf ? PAGES / 2 : 0));
    try {
      long sent = System.nanoTime();
      WebPage after =
          client
              .resources(WebPage.class)
              .inNamespace(namespace)
              .withName(name)
              .edit(before -> changed(before, html(number)));
      changes.add(new Change(namespace + "/" + name, after.getMetadata().getGeneration(), sent));
    } catch (KubernetesClientException unknown) {
      // As faults will have it; see above.
      return;
    }
  }

  /** The pages whose last change has not been reconciled, with a word on what there is. */
  public List<String> unfinished() {
    Map<String, String> rendered = new HashMap<>();
    for (ConfigMap map : client.configMaps().inNamespace(namespace).list().getItems()) {
      rendered.put(map.getMetadata().getName(), String.valueOf(map.getData()));
    }
    List<String> unfinished = new ArrayList<>();
    for (WebPage page : pages()) {
      String name = page.getMetadata().getName();
      if (observed(page) != page.getMetadata().getGeneration()
          || !rendered.getOrDefault(name + "-html", "").contains(page.getSpec().html())) {
        unfinished.add(
            "%s: generation %d, %s"
                .formatted(name, page.getMetadata().getGeneration(), page.getStatus()));
      }
    }
    return unfinished;
  }

  /** Which generation of each page was reconciled last, by key. */
  public Map<String, Long> observed() {
    Map<String, Long> observed = new HashMap<>();
    pages().forEach(page -> observed.put(key(page), observed(page)));
    return observed;
  }

  private List<WebPage> pages() {
    return client.resources(WebPage.class).inNamespace(namespace).list().getItems();
  }

  private static String key(WebPage page) {
    return page.getMetadata().getNamespace() + "/" + page.getMetadata().getName();
  }

  private static long observed(WebPage page) {
    WebPageStatus status = page.getStatus();
    Long generation = status == null ? null : status.observedGeneration();
    return generation == null ? 0 : generation;
  }

  private static WebPage changed(WebPage before, String html) {
    WebPage after =
        WebPage.of(before.getMetadata().getNamespace(), before.getMetadata().getName(), html);
    after.setMetadata(before.getMetadata());
    after.setStatus(before.getStatus());
    return after;
  }

  private static String html(int number) {
    return "<h1>Change %d, %s.</h1>".formatted(number, CONTENT);
  }

  @Override
  public void close() {
    editor.shutdownNow();
  }
}
