package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.e2e.browser.Browser;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The live page in a browser, through a take-over and a hand-over. It needs Chromium and its driver
 * in the PATH, a hundred megabytes, so it is run by name:
 *
 * <pre>{@code
 * mvn -pl e2e -am package -Dtest=LivePageInChromium -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * <p>It takes a minute, and writes the pictures that {@code docs/live-page.md} shows.
 */
@ExtendWith(ControlPlaneExtension.class)
final class LivePageInChromium {

  private static final Path PICTURES = Path.of("../docs/images");
  private static final int MOST_BYTES = 200_000;
  private static final String LED = "All 8 buckets led.";
  private static final Pattern CELL =
      Pattern.compile(
          "(?<controller>\\S+) (?<index>\\d+) of 8: led, holder \\w+ (?<holder>\\S+),.*");
  private static final Pattern UNLED =
      Pattern.compile("taken from the dead, unled for ([\\d.]+) s");
  private static final String HOSTILE =
      "<img src=x onerror=\"document.title='broken'\">\u202e\u0007";

  private final Shop shop;
  private final Browser browser;

  LivePageInChromium(ControlPlane plane, @TempDir Path folder) throws IOException {
    this.shop = new Shop(plane, folder);
    this.browser = Browser.start(folder);
  }

  @AfterEach
  void stop() {
    browser.close();
    shop.close();
  }

  @Test
  void everyReplicaShowsWhoLeadsWhatAndATakeOverWhileItHappens() throws Exception {
    for (String name : List.of("r1", "r2", "r3")) {
      shop.start(name);
    }
    shop.createPages(40);
    shop.awaitBalanced(3);
    browser.show(1200, 900, false);
    for (Replica replica : shop.replicas()) {
      browser.open(page(replica));
      awaitLed();
    }

    browser.open(page(shop.replicas().get(0)));
    awaitLed();
    shop.replicas().get(2).kill();
    await().atMost(Shop.PATIENCE).until(() -> summary().contains("holder silent"));
    picture("live-page.png");
    await()
        .atMost(Shop.PATIENCE)
        .until(() -> browser.text("#moves").contains("taken from the dead"));
    shop.awaitBalanced(2);
    awaitLed();
    Matcher unled = UNLED.matcher(browser.text("#moves"));
    assertThat(unled.find()).as(browser.text("#moves")).isTrue();
    assertThat(Double.parseDouble(unled.group(1)))
        .isBetween(4.0, Shop.USUAL.leaseDuration().toSeconds() + 1.5);

    shop.start("r4");
    shop.awaitBalanced(3);
    awaitLed();
    assertThat(browser.text("#moves")).contains("handed over");
    browser.show(390, 1250, true);
    assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
        .isEqualTo(true);
    picture("live-page-phone.png");

    assertThat(browser.complaints()).isEmpty();
    hostileTextStaysText();
  }

  private void hostileTextStaysText() {
    Lease hostile =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(shop.namespace())
            .withName("shop.other.00-of-01")
            .withLabels(LeaseMetadata.memberLabels("shop"))
            .addToAnnotations(LeaseMetadata.MEMBER_UID, "nobody")
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(HOSTILE)
            .withLeaseDurationSeconds(5)
            .endSpec()
            .build();
    shop.client().resource(hostile).create();
    await().atMost(Shop.PATIENCE).until(() -> browser.text("#members").contains("onerror="));
    assertThat(browser.text("#members")).doesNotContain("\u202e", "\u0007");
    assertThat(browser.run("return document.images.length")).isEqualTo(0);
    assertThat(browser.run("return document.title")).isEqualTo("shop – Leasehold");
  }

  /** Waits until the page says that all is led, and by whom the Leases say. */
  private void awaitLed() {
    await()
        .atMost(Shop.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(summary()).isEqualTo(LED);
              assertThat(holders()).isEqualTo(shop.holders());
            });
  }

  private String summary() {
    return browser.text("#summary");
  }

  /** The holders by Lease, as the page names them to those who can't see its colors. */
  private Map<String, String> holders() {
    List<?> labels =
        (List<?>)
            browser.run(
                "return [...document.querySelectorAll('#layouts button')].map(cell => cell.ariaLabel)");
    Map<String, String> holders = new TreeMap<>();
    for (Object label : labels) {
      Matcher cell = CELL.matcher(label.toString());
      assertThat(cell.matches()).as(label.toString()).isTrue();
      holders.put(
          "shop.%s.%02d-of-08"
              .formatted(cell.group("controller"), Integer.parseInt(cell.group("index"))),
          cell.group("holder"));
    }
    return holders;
  }

  private void picture(String name) throws IOException {
    byte[] png = browser.screenshot();
    assertThat(png).hasSizeLessThan(MOST_BYTES);
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name), png);
  }

  private static URI page(Replica replica) {
    return await()
        .atMost(Shop.PATIENCE)
        .until(replica::address, address -> address.isPresent())
        .orElseThrow()
        .resolve("/");
  }
}
