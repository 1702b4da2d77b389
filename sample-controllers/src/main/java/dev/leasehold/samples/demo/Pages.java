package dev.leasehold.samples.demo;

import dev.leasehold.samples.webpage.WebPage;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of the demo, and their changes. One thread creates them; another changes them, between
 * {@link #keepChanging} and {@link #rest}.
 */
final class Pages {

  /** The label on every page that the demo made. */
  static final String LABEL = "samples.leasehold.dev/demo";

  private static final Logger log = LoggerFactory.getLogger(Pages.class);
  private static final String PREFIX = "demo-page-";
  private static final int MILLIS_BETWEEN_CHANGES = 50;
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final String namespace;
  private final int count;
  private final Random random = new Random(1);
  private final AtomicInteger changes = new AtomicInteger();

  // Guarded by this: a change is made under the lock, so none is on its way once it is false.
  private boolean changing;

  Pages(KubernetesClient client, String namespace, int count) {
    this.client = client;
    this.namespace = namespace;
    this.count = count;
  }

  /** Whether a page of the demo is named so. */
  static boolean isName(String name) {
    return name.startsWith(PREFIX);
  }

  /** Creates all pages. */
  void create() {
    for (int i = 0; i < count; i++) {
      WebPage page = WebPage.of(namespace, name(i), "<p>As created.</p>");
      page.setMetadata(
          new ObjectMetaBuilder(page.getMetadata()).withLabels(Map.of(LABEL, "page")).build());
      client.resource(page).create();
    }
  }

  /** Lets a thread change a page now and then, from when they keep changing. */
  void changeOn(ScheduledExecutorService thread) {
    var unused =
        thread.scheduleWithFixedDelay(
            this::change, 0, MILLIS_BETWEEN_CHANGES, TimeUnit.MILLISECONDS);
  }

  /** From now on a page changes some 20 times a second. */
  synchronized void keepChanging() {
    changing = true;
  }

  /** No page changes once this has returned. */
  synchronized void rest() {
    changing = false;
  }

  /** How many changes were made so far. */
  int changes() {
    return changes.get();
  }

  private synchronized void change() {
    if (!changing) {
      return;
    }
    String patch =
        "{\"spec\":{\"html\":\"<p>Change %d.</p>\"}}".formatted(changes.incrementAndGet());
    try {
      client
          .resources(WebPage.class)
          .inNamespace(namespace)
          .withName(name(random.nextInt(count)))
          .patch(MERGE, patch);
    } catch (KubernetesClientException refused) {
      // What counts in the end is what the API server has.
      log.debug("A change was refused.", refused);
    }
  }

  private static String name(int index) {
    return String.format(Locale.ROOT, "%s%04d", PREFIX, index + 1);
  }
}
