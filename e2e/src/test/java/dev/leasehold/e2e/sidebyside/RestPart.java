package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.sidebyside.contender.ElectorProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes with so many locks that do nothing: what they ask of the API server, by its own count,
 * and what they take themselves.
 */
final class RestPart implements Part {

  static final int REPLICAS = 3;

  /** How many locks other numbers of replicas have; the usual one is measured with them, too. */
  static final int LOCKS_OF_OTHERS = 30;

  private static final Duration SETTLE = Duration.ofSeconds(4);
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration SETTLE_ALONE = Duration.ofSeconds(30);
  private static final Duration WINDOW_ALONE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(250);

  /** From one lock to the next: electors that poll shall not be measured in a stampede. */
  private static final long APART_MILLIS = 30;

  /** The most that a controller may have. */
  private static final int MOST_BUCKETS = 4096;

  private static final Logger log = LoggerFactory.getLogger(RestPart.class);

  private final List<RestSample> samples = new ArrayList<>();
  private final List<RestSample> alone = new ArrayList<>();
  private final Set<String> exhausted = new HashSet<>();
  private RestWindow.Rates idle = new RestWindow.Rates(Map.of(), 0, 0, 0);

  @Override
  public String name() {
    return "rest";
  }

  @Override
  public String title() {
    return "At rest";
  }

  @Override
  public void measure(Stage stage, Report.Chapter chapter) {
    idle = RestWindow.watch(stage, List.of(), WINDOW);
    List<Contender> contenders =
        Contender.oursAnd(
            "",
            Contender.USUAL,
            new Contender("fabric8", "fabric8", Contender.USUAL),
            new Contender("client-java", "client-java", Contender.USUAL));
    Set<Integer> peers = sizes("peers.locks", "10,30,100,300,1000");
    Set<Integer> sizesAlone = sizes("alone", "100,300,1000");
    if (!sizesAlone.isEmpty()) {
      alone(stage, chapter, sizesAlone);
    }
    for (int locks : sizes("locks", "10,30,100,300,1000,5000")) {
      for (Contender contender : contenders) {
        if (contender.isOurs() || peers.contains(locks)) {
          measure(stage, chapter, contender, REPLICAS, locks);
        }
      }
    }
    for (int replicas : sizes("replicas", "2,6")) {
      for (Contender contender : contenders) {
        measure(stage, chapter, contender, replicas, LOCKS_OF_OTHERS);
      }
    }
  }

  /** What a system property says, which may be nothing. */
  private static Set<Integer> sizes(String property, String usual) {
    return Arrays.stream(System.getProperty("leasehold.parts." + property, usual).split(","))
        .filter(each -> !each.isBlank())
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void measure(
      Stage stage, Report.Chapter chapter, Contender contender, int replicas, int locks) {
    String what = "%s with %d locks on %d replicas".formatted(contender.label(), locks, replicas);
    if (exhausted.contains(contender.label()) && replicas == REPLICAS) {
      chapter.note("Left out: %s, since fewer were too many.".formatted(what));
      return;
    }
    boolean unused =
        stage.attempt(
            chapter,
            what,
            () -> {
              List<ContenderProcess> processes =
                  contender.isOurs()
                      ? ours(stage, contender, replicas, locks)
                      : electors(stage, contender, replicas, locks);
              RestSample sample = sample(stage, contender, locks, processes, SETTLE, WINDOW);
              samples.add(sample);
              if (!sample.allLed()) {
                exhausted.add(contender.label());
              }
            });
    stage.clear();
    chapter.show(RestTables.page(samples, alone, idle));
  }

  private static List<ContenderProcess> ours(
      Stage stage, Contender contender, int replicas, int locks) {
    int controllers = locks > MOST_BUCKETS ? 2 : 1;
    Operators operators =
        new Operators(stage, contender, new Operators.Shape(controllers, locks / controllers, 4, 0))
            .start(replicas);
    long unused = Leading.awaitBalanced(operators);
    return operators.running();
  }

  /** One leads by all locks before the others campaign for them. */
  private static List<ContenderProcess> electors(
      Stage stage, Contender contender, int replicas, int locks) {
    String namespace = stage.namespace();
    List<ContenderProcess> processes = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      processes.add(stage.start(contender, ElectorProcess.class, namespace));
    }
    processes.forEach(ContenderProcess::awaitReady);
    String join = "join-all 0 %d %d".formatted(locks, APART_MILLIS);
    long begun = System.nanoTime();
    processes.get(0).tell(join);
    try {
      Awaitility.await(contender.label() + " leads")
          .pollInterval(LOOK)
          .atMost(Leading.PATIENCE)
          .until(() -> Leading.any(processes).size() == locks);
    } catch (ConditionTimeoutException tooMany) {
      // That is a finding. What they do all the same is measured, and told apart.
      log.warn("{} leads by {} of {} locks.", contender, Leading.any(processes).size(), locks);
    }
    List<ContenderProcess> others = processes.subList(1, processes.size());
    others.forEach(each -> each.tell(join));
    others.forEach(each -> each.await("joined", Integer.toString(locks), begun));
    return processes;
  }

  private RestSample sample(
      Stage stage,
      Contender contender,
      int locks,
      List<ContenderProcess> processes,
      Duration settle,
      Duration window) {
    Stage.pause(settle);
    RestWindow.Rates rates = RestWindow.watch(stage, processes, window);
    RestSample sample =
        new RestSample(
            contender,
            processes.size(),
            locks,
            Leading.any(processes).size(),
            rates.requestsWithout(idle),
            rates.cpu(),
            rates.serverCpu() - idle.serverCpu(),
            rates.busy(),
            processes.get(0).cost());
    log.info("Measured {}.", sample);
    return sample;
  }

  /**
   * For each size one replica that leads all buckets, and beside them one with the same informers
   * and one bucket. The largest is the one that limits are stated for, so it is watched for
   * longest.
   */
  private void alone(Stage stage, Report.Chapter chapter, Set<Integer> sizes) {
    for (Contender contender : Contender.ours("", Contender.USUAL)) {
      boolean unused =
          stage.attempt(
              chapter,
              contender.label() + " on one replica",
              () -> alone(stage, contender, new TreeSet<>(sizes)));
      stage.clear();
      chapter.show(RestTables.page(samples, alone, idle));
    }
  }

  private void alone(Stage stage, Contender contender, NavigableSet<Integer> sizes) {
    int largest = sizes.last();
    sizes.add(1);
    Map<Integer, List<ContenderProcess>> bySize = new LinkedHashMap<>();
    for (int buckets : sizes.descendingSet()) {
      bySize.put(buckets, ours(stage, contender, 1, buckets));
    }
    Stage.pause(SETTLE_ALONE);
    bySize.forEach(
        (buckets, processes) -> {
          Duration window = buckets == largest ? WINDOW_ALONE : WINDOW;
          alone.add(sample(stage, contender, buckets, processes, Duration.ZERO, window));
        });
  }
}
