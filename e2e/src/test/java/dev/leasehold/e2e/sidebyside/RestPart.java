package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.LeaseRequests;
import dev.leasehold.e2e.sidebyside.contender.ElectorProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three processes with so many locks that do nothing: what they ask of the API server, by its own
 * count, and what they take themselves.
 */
final class RestPart implements Part {

  static final int REPLICAS = 3;
  private static final Duration SETTLE = Duration.ofSeconds(4);
  private static final Duration WINDOW = Duration.ofSeconds(12);

  /** What they are not even asked for beyond. */
  private static final int MOST_OF_PEERS = 1000;

  /** The most that a controller may have. */
  private static final int MOST_BUCKETS = 4096;

  /** More at once than by default, to be at rest sooner; at rest nothing moves. */
  private static final int MOVES = 32;

  /** How long locks may take to be led; electors that poll each lock may never get there. */
  static final Duration MOST_START = Duration.ofSeconds(45);

  private static final Logger log = LoggerFactory.getLogger(RestPart.class);

  private final List<RestSample> samples = new ArrayList<>();

  @Override
  public String name() {
    return "rest";
  }

  @Override
  public void measure(Stage stage) {
    Contender ours = new Contender("Leasehold", Contender.OURS, Contender.USUAL);
    Contender fabric8 = new Contender("fabric8", "fabric8", Contender.USUAL);
    Contender clientJava = new Contender("client-java", "client-java", Contender.USUAL);
    List<Integer> sizes =
        Arrays.stream(System.getProperty("leasehold.parts.locks", "10,100,1000,5000").split(","))
            .map(Integer::valueOf)
            .toList();
    for (int locks : sizes) {
      samples.add(ours(stage, ours, locks));
      if (locks <= MOST_OF_PEERS) {
        samples.add(peer(stage, fabric8, locks));
        samples.add(peer(stage, clientJava, locks));
      }
    }
    new RestTables(samples).add(stage.report());
  }

  private static RestSample ours(Stage stage, Contender contender, int locks) {
    int controllers = locks > MOST_BUCKETS ? 2 : 1;
    Operators operators =
        new Operators(
            stage, contender, new Operators.Shape(controllers, locks / controllers, 4, 0, MOVES));
    long begun = System.nanoTime();
    for (int i = 0; i < REPLICAS; i++) {
      operators.start();
    }
    long balanced = Leading.awaitBalanced(operators);
    return atRest(stage, contender, locks, locks, balanced - begun, operators.running());
  }

  private static RestSample peer(Stage stage, Contender contender, int locks) {
    String namespace = stage.namespace();
    List<ContenderProcess> processes = new ArrayList<>();
    for (int i = 0; i < REPLICAS; i++) {
      processes.add(stage.start(contender, ElectorProcess.class, namespace));
    }
    processes.forEach(each -> each.await("ready", "process", Long.MIN_VALUE));
    long begun = System.nanoTime();
    processes.forEach(each -> each.tell("join-all " + locks));
    while (led(processes) < locks && System.nanoTime() - begun < MOST_START.toNanos()) {
      Stage.pause(Duration.ofMillis(250));
    }
    long last =
        processes.stream()
            .flatMap(each -> each.said("leading").stream())
            .mapToLong(Line::nanos)
            .max()
            .orElse(begun);
    return atRest(stage, contender, locks, led(processes), last - begun, processes);
  }

  private static int led(List<ContenderProcess> processes) {
    return processes.stream()
        .flatMap(each -> each.said("leading").stream())
        .map(Line::subject)
        .collect(Collectors.toSet())
        .size();
  }

  private static RestSample atRest(
      Stage stage,
      Contender contender,
      int locks,
      int led,
      long startNanos,
      List<ContenderProcess> processes) {
    Stage.pause(SETTLE);
    ServerCount before = ServerCount.now(stage.client());
    Duration cpuBefore = cpu(processes);
    Stage.pause(WINDOW);
    Duration cpu = cpu(processes).minus(cpuBefore);
    ServerCount after = ServerCount.now(stage.client());
    LeaseRequests between = after.requests().since(before.requests());
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    Map<String, Double> requests = new TreeMap<>();
    between.byVerb().forEach((verb, count) -> requests.put(verb, count / seconds));
    RestSample sample =
        new RestSample(
            contender,
            locks,
            led,
            startNanos / 1e9,
            requests,
            between.writes() / seconds,
            between.reads() / seconds,
            cpu.toNanos() / 1e9 / seconds / REPLICAS,
            (after.cpuSeconds() - before.cpuSeconds()) / seconds,
            processes.get(0).cost());
    stage.clear();
    log.info("Measured {}.", sample);
    return sample;
  }

  private static Duration cpu(List<ContenderProcess> processes) {
    return processes.stream().map(ContenderProcess::cpu).reduce(Duration.ZERO, Duration::plus);
  }
}
