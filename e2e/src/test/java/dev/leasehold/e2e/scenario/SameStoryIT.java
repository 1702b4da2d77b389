package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One crash and one arrival, as told by everything that an operator can look at. */
@ExtendWith(ControlPlaneExtension.class)
class SameStoryIT {

  private static final Pattern TOLD =
      Pattern.compile(
          "(?<bucket>webpage\\.\\d\\d-of-\\d\\d): (?<from>\\S+) -> (?<to>\\S+)"
              + " \\((?<cause>\\w+)\\), epoch (?<epoch>\\d+): ");

  private static final Pattern COUNTED =
      Pattern.compile("(?<name>\\w+)\\{(?<labels>[^}]*)} (?<value>[\\d.E]+)");

  /** The page's words for a cause. */
  private static final Map<String, String> ON_THE_PAGE =
      Map.of("crash", "taken from the dead", "join", "handed over");

  private final Shop shop;
  private final Kubectl kubectl;

  SameStoryIT(ControlPlane plane, @TempDir Path folder) {
    this.shop = new Shop(plane, folder);
    this.kubectl = new Kubectl(plane, shop.namespace());
  }

  /** A change of hands, as the logs and the Events have it. */
  private record Told(String bucket, String from, String to, String cause, String epoch) {

    String way() {
      return "%s: %s -> %s".formatted(bucket, from, to);
    }

    /** Who tells it and counts it. */
    String writer() {
      return cause.equals("crash") ? to : from;
    }
  }

  /** The changes of hands that a part of the test is about. */
  private record Story(String cause, Predicate<Told> part) {}

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void pageMetricsEventsKubectlAndLogsTellTheSameOfATakeOverAndOfAHandOver() throws Exception {
    for (String name : List.of("r1", "r2", "r3")) {
      shop.start(name);
    }
    shop.createPages(20);
    shop.awaitBalanced(3);

    Replica victim = shop.replicas().get(0);
    long held = shop.holders().values().stream().filter(of(victim)).count();
    victim.kill();
    shop.awaitBalanced(2);
    Story taken = new Story("crash", told -> of(victim).test(told.from()));
    await().atMost(Shop.PATIENCE).until(() -> logged(taken).size() == held);
    everythingTells(taken, shop.replicas().subList(1, 3));
    for (Replica survivor : shop.replicas().subList(1, 3)) {
      assertThat(pageMoves(survivor, "crash"))
          .extracting(LivePageFeed.Move::unledMillis)
          .allSatisfy(
              unled ->
                  assertThat(Duration.ofMillis(unled))
                      .isBetween(
                          Shop.USUAL.leaseDuration(), Shop.USUAL.leaseDuration().plusSeconds(2)));
    }

    Replica newcomer = shop.start("r4");
    shop.awaitBalanced(3);
    Story given = new Story("join", told -> of(newcomer).test(told.to()));
    await().atMost(Shop.PATIENCE).until(() -> logged(given).size() == 2);
    everythingTells(given, shop.replicas().subList(1, 4));
    shop.awaitReconciled();
    shop.assertSound();
  }

  private void everythingTells(Story story, List<Replica> living) throws Exception {
    Set<Told> logged = logged(story);
    await().atMost(Shop.PATIENCE).untilAsserted(() -> assertThat(events(story)).isEqualTo(logged));
    Map<String, String> holders = kubectlHolders();
    for (Told told : logged) {
      assertThat(holders).containsEntry(told.bucket(), told.to() + " " + told.epoch());
    }
    for (Replica replica : living) {
      await().atMost(Shop.PATIENCE).untilAsserted(() -> gridTells(replica, holders));
      // One that has only just begun to look has not seen what was before.
      if (logged.stream().map(Told::to).noneMatch(of(replica)) || !story.cause().equals("join")) {
        assertThat(pageMoves(replica, story.cause()).stream().map(SameStoryIT::way))
            .containsAll(logged.stream().map(Told::way).toList());
      }
      metricsTell(replica, story.cause(), holders);
    }
  }

  private void metricsTell(Replica replica, String cause, Map<String, String> holders) {
    long written =
        logged(new Story(cause, told -> true)).stream()
            .filter(told -> of(replica).test(told.writer()))
            .count();
    assertThat(metric(replica, "leasehold_epoch_changes_total", "cause=\"%s\"".formatted(cause)))
        .isEqualTo(written);
    assertThat(metric(replica, "leasehold_buckets_led", ""))
        .isEqualTo(holders.values().stream().filter(of(replica)).count());
    assertThat(metric(replica, "leasehold_buckets_unled", "")).isZero();
  }

  private static void gridTells(Replica replica, Map<String, String> holders) {
    Map<String, LivePageFeed.Cell> cells = LivePageFeed.of(replica).cells();
    Map<String, String> shown = new TreeMap<>();
    cells.forEach((bucket, cell) -> shown.put(bucket, cell.holder() + " " + cell.epoch()));
    assertThat(shown).isEqualTo(holders);
    assertThat(cells.values()).extracting(LivePageFeed.Cell::state).containsOnly("led");
  }

  private static List<LivePageFeed.Move> pageMoves(Replica replica, String cause) {
    return LivePageFeed.of(replica).moves().stream()
        .filter(move -> move.cause().equals(ON_THE_PAGE.get(cause)))
        .toList();
  }

  private static String way(LivePageFeed.Move move) {
    return "%s: %s -> %s".formatted(move.bucket(), move.from(), move.to());
  }

  private Set<Told> logged(Story story) {
    return told(shop.replicas().stream().flatMap(replica -> replica.log().lines()), story);
  }

  private Set<Told> events(Story story) throws Exception {
    String notes =
        kubectl.run("get", "events", "-o", "jsonpath={range .items[*]}{.message}{\"\\n\"}");
    return told(notes.lines(), story);
  }

  private static Set<Told> told(Stream<String> lines, Story story) {
    return lines
        .map(TOLD::matcher)
        .filter(Matcher::find)
        .map(
            told ->
                new Told(
                    told.group("bucket"),
                    told.group("from"),
                    told.group("to"),
                    told.group("cause"),
                    told.group("epoch")))
        .filter(told -> told.cause().equals(story.cause()) && story.part().test(told))
        .collect(Collectors.toSet());
  }

  /** Holder and epoch of each bucket by the name of its Lease, without the component. */
  private Map<String, String> kubectlHolders() throws Exception {
    String table =
        kubectl.run(
            "get",
            "leases",
            "--no-headers",
            "-l",
            "leasehold.dev/role=bucket",
            "-o",
            "custom-columns=:metadata.name,:spec.holderIdentity,:metadata.resourceVersion");
    Map<String, String> holders = new TreeMap<>();
    table
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(cells -> cells.length == 3)
        .forEach(
            cells -> holders.put(cells[0].replaceFirst("^shop\\.", ""), cells[1] + " " + cells[2]));
    assertThat(holders).hasSize(Shop.USUAL.buckets());
    return holders;
  }

  private static long metric(Replica replica, String name, String label) {
    String metrics = replica.get("/metrics").orElseThrow().body();
    return metrics
        .lines()
        .map(COUNTED::matcher)
        .filter(Matcher::matches)
        .filter(line -> line.group("name").equals(name) && line.group("labels").contains(label))
        .mapToLong(line -> Math.round(Double.parseDouble(line.group("value"))))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("%s has no %s{%s}".formatted(replica.name(), name, label)));
  }

  private static Predicate<String> of(Replica replica) {
    return identity -> identity.startsWith(replica.name() + "_");
  }
}
