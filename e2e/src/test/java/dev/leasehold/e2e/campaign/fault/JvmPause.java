package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JVM stands still at a safepoint, as in a very long collection, for as long as one likes: it
 * dumps its heap into a pipe that nobody reads. Unlike with SIGSTOP what is native goes on, and the
 * process is there for whoever asks.
 *
 * @param folder for the pipe
 */
record JvmPause(Path folder) implements Fault {

  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final long SOON_SECONDS = 30;

  /** Whether this JDK and this machine can do it. */
  static boolean isPossible() {
    return Files.isExecutable(JCMD) && Files.isExecutable(Path.of("/usr/bin/mkfifo"));
  }

  @Override
  public String name() {
    return "JVM paused";
  }

  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) throws Exception {
    Seat seat = Victims.any(site, random);
    Path pipe = folder.resolve("heap-%d.pipe".formatted(System.nanoTime()));
    run("/usr/bin/mkfifo", pipe.toString()).waitFor();
    CompletableFuture<InputStream> opening =
        CompletableFuture.supplyAsync(() -> firstByteRead(pipe));
    Process dump =
        run(
            JCMD.toString(),
            Long.toString(seat.replica().pid()),
            "GC.heap_dump",
            "-overwrite",
            pipe.toString());
    InputStream heap = begun(opening, dump, pipe);
    long since = System.nanoTime();
    return () -> {
      long until = System.nanoTime();
      try (heap) {
        long unused = heap.transferTo(OutputStream.nullOutputStream());
      }
      seat.stoodStill(since, until);
      // What it did while it was let go on by and by.
      seat.choked(until);
      dump.waitFor();
      Files.delete(pipe);
    };
  }

  private static Process run(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The pipe, once the first byte of the dump has come: then all threads stand still. */
  private static InputStream firstByteRead(Path pipe) {
    try {
      InputStream heap = Files.newInputStream(pipe);
      int unused = heap.read();
      return heap;
    } catch (IOException e) {
      throw new IllegalStateException("The pipe can't be read.", e);
    }
  }

  private static InputStream begun(CompletableFuture<InputStream> opening, Process dump, Path pipe)
      throws IOException, InterruptedException, ExecutionException {
    try {
      return opening.get(SOON_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException never) {
      dump.destroyForcibly();
      // Lets the reader go, who waits for somebody to write.
      Files.newOutputStream(pipe).close();
      throw new AssertionError("The JVM didn't begin to dump its heap.", never);
    }
  }

  /** The command that begins it takes a second or so, so a short one may be hardly any. */
  @Override
  public Duration atLeast(Timings timings, Duration lasted) {
    return lasted.compareTo(timings.leaseDuration().multipliedBy(2)) > 0
        ? Periods.afterSilence(timings)
        : Duration.ZERO;
  }

  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return timings.leaseDuration();
  }
}
