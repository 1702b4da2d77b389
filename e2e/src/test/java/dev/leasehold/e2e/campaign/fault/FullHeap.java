package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.hog.HeapHog;
import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.election.Timings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * One replica has a small heap, which somebody fills to the last kilobyte again and again. With the
 * JVM option of the image it exits then, and is started again as Kubernetes would. Without it its
 * threads get {@link OutOfMemoryError}s wherever they allocate; afterwards it recovers, or its
 * liveness says that it can't.
 *
 * @param folder for the agent that fills it
 * @param exits whether it has that option
 */
record FullHeap(Path folder, boolean exits) implements Fault {

  @Override
  public String name() {
    return exits ? "heap full" : "heap full, without an exit";
  }

  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) throws IOException, InterruptedException {
    Path flag = Files.createTempFile(folder, "heap", ".full");
    Files.delete(flag);
    Seat seat = Victims.any(site, random);
    String exit = "-XX:%sExitOnOutOfMemoryError".formatted(exits ? "+" : "-");
    String agent = "-javaagent:%s=%s".formatted(agent(), flag);
    seat.replace(Optional.of(Launch.PLAIN.withJvm("-Xmx48m", exit, agent)));
    site.awaitBalanced();
    long since = System.nanoTime();
    Files.createFile(flag);
    return () -> {
      Files.delete(flag);
      if (!exits) {
        seat.choked(since);
      }
      seat.probe();
      try {
        // What it allocates before the agent has let go may still be too much.
        site.awaitBalancedBeside(seat);
      } finally {
        seat.replace(Optional.empty());
      }
    };
  }

  private Path agent() throws IOException {
    Path jar = folder.resolve("hog.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", HeapHog.class.getName());
    String entry = HeapHog.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream bytes = HeapHog.class.getResourceAsStream("/" + entry)) {
      if (bytes == null) {
        throw new IOException("the class " + entry + " is missing");
      }
      out.putNextEntry(new JarEntry(entry));
      bytes.transferTo(out);
    }
    return jar;
  }

  @Override
  public boolean hinders() {
    return true;
  }

  @Override
  public boolean lasts() {
    return false;
  }

  @Override
  public Duration atLeast(Timings timings, Duration lasted) {
    return exits ? Periods.afterSilence(timings) : Duration.ZERO;
  }

  /** One that stands still and dies isn't missed for longer than any other. */
  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return timings.leaseDuration().multipliedBy(2);
  }
}
