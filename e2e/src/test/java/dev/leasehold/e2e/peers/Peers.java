package dev.leasehold.e2e.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.campaign.site.Clock;
import dev.leasehold.e2e.cluster.Clients;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The same troubles for our elector and for others, all libraries at the same time; see {@code
 * docs/faults.md}. It is run by name only, and prints the table that it writes to {@code
 * target/peers/report.md}.
 */
@ExtendWith(ControlPlaneExtension.class)
class Peers {

  private static final Path FOLDER = Path.of("target", "peers");

  /** A unit that was running when its process was stopped goes on with it. */
  private static final Duration IN_FLIGHT = Duration.ofMillis(25);

  /** Whatever happens, somebody works again by then: a lease that has to end, and a moment. */
  private static final Duration TAKEN_OVER = Contestant.TIMINGS.leaseDuration().plusSeconds(1);

  private static final Duration AHEAD = Duration.ofHours(2);

  private final ControlPlane plane;

  Peers(ControlPlane plane) {
    this.plane = plane;
  }

  @Test
  void oursNeverOverlapByMoreThanWhatWasInFlightAndAlwaysTakeOver() throws Exception {
    int times = Integer.getInteger("leasehold.peers.times", 3);
    Files.createDirectories(FOLDER);
    Path files = Files.createTempDirectory(FOLDER.toAbsolutePath(), "traces-");
    Optional<Clock> clock = Clock.find(files);
    StringBuilder table = new StringBuilder(head(times));
    try (KubernetesClient client = Clients.of(plane.kubeconfig())) {
      for (Trouble trouble : Trouble.values()) {
        if (trouble.needsClock() && clock.isEmpty()) {
          table.append("| %s | left out: there is no libfaketime |||%n".formatted(trouble.title()));
          continue;
        }
        Map<Library, List<Clash>> all = new EnumMap<>(Library.class);
        for (int i = 0; i < times; i++) {
          run(trouble, client, files, clock)
              .forEach(
                  (library, one) -> all.computeIfAbsent(library, l -> new ArrayList<>()).add(one));
        }
        table.append(row(trouble, all));
        Files.writeString(FOLDER.resolve("report.md"), table.toString());
        assertThat(all.getOrDefault(Library.LEASEHOLD, List.of()))
            .as("ours, when %s", trouble.title())
            .hasSize(times)
            .allMatch(clash -> clash.isWithin(IN_FLIGHT, TAKEN_OVER));
      }
    } finally {
      System.out.println(table);
    }
  }

  private Map<Library, Clash> run(
      Trouble trouble, KubernetesClient client, Path files, Optional<Clock> clock)
      throws Exception {
    if (clock.isPresent()) {
      clock.get().set(AHEAD);
    }
    Launch ahead = clock.map(Clock::launch).orElse(Launch.PLAIN);
    ExecutorService threads = Executors.newFixedThreadPool(Library.values().length);
    try {
      Map<Library, Future<Clash>> bouts = new EnumMap<>(Library.class);
      for (Library library : Library.values()) {
        bouts.put(
            library,
            threads.submit(
                () -> new Bout(library, trouble).run(client, plane.kubeconfig(), files, ahead)));
      }
      Map<Library, Clash> clashes = new EnumMap<>(Library.class);
      for (Map.Entry<Library, Future<Clash>> bout : bouts.entrySet()) {
        clashes.put(bout.getKey(), bout.getValue().get());
      }
      return clashes;
    } finally {
      threads.shutdownNow();
    }
  }

  private static String head(int times) {
    StringBuilder head =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Median of %d runs: for how long both worked at once / the longest time that nobody did.%n%n| |",
                times));
    for (Library library : Library.values()) {
      head.append(" ").append(library.title()).append(" |");
    }
    return head.append(String.format("%n| --- | ---: | ---: | ---: |%n")).toString();
  }

  private static String row(Trouble trouble, Map<Library, List<Clash>> all) {
    StringBuilder row = new StringBuilder("| " + trouble.title() + " |");
    for (Library library : Library.values()) {
      List<Clash> clashes = all.getOrDefault(library, List.of());
      Clash overlap = median(clashes, Comparator.comparing(Clash::overlap));
      Clash idle = median(clashes, Comparator.comparing(Clash::idle));
      row.append(
          String.format(
              Locale.ROOT,
              " %s%.2f s / %s%.2f s |",
              overlap.lasting() ? "over " : "",
              overlap.overlap().toMillis() / 1e3,
              idle.open() ? "over " : "",
              idle.idle().toMillis() / 1e3));
    }
    return row.append(System.lineSeparator()).toString();
  }

  private static Clash median(List<Clash> clashes, Comparator<Clash> by) {
    return clashes.stream().sorted(by).toList().get(clashes.size() / 2);
  }
}
