package dev.leasehold.samples.demo;

import dev.leasehold.samples.cli.CommandFailure;
import dev.leasehold.samples.demo.check.ProcessTrace;
import dev.leasehold.samples.demo.check.TraceReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A replica as a process of its own, with its log and its trace. Thread-safe. */
final class ReplicaProcess {

  private final String name;
  private final Process process;
  private final Path log;
  private final Path trace;
  private volatile OptionalLong killedAtNanos = OptionalLong.empty();
  private volatile boolean endExpected;

  private ReplicaProcess(String name, Process process, Path log, Path trace) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.trace = trace;
  }

  /**
   * Starts one.
   *
   * @param name its identity is this with eight hex digits behind it
   * @param options of the {@code replica} command, besides identity and trace
   * @param folder for its log and its trace
   */
  static ReplicaProcess start(String name, List<String> options, Path folder) {
    Path log = folder.resolve(name + ".log");
    Path trace = folder.resolve(name + ".trace");
    List<String> command = new ArrayList<>(java());
    command.add("replica");
    command.addAll(options);
    command.addAll(List.of("--identity", name, "--trace", trace.toString()));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new ReplicaProcess(name, process, log, trace);
    } catch (IOException refused) {
      throw new CommandFailure(
          "No process can be started for %s: %s.".formatted(name, refused.getMessage()), refused);
    }
  }

  /** The same Java and the same program as here, and flags for a small quick start. */
  private static List<String> java() {
    String program = System.getProperty("java.class.path");
    return List.of(
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
        "-Xmx160m",
        "-Xshare:auto",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        program,
        ChildReplica.class.getName());
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it has ended although nobody asked it to. */
  boolean diedUnasked() {
    return !endExpected && !process.isAlive();
  }

  /** Kills it without warning and waits until it is dead. */
  void kill(LongSupplier nanoTime) throws InterruptedException {
    endExpected = true;
    process.destroyForcibly().waitFor();
    killedAtNanos = OptionalLong.of(nanoTime.getAsLong());
  }

  /** Asks it to leave, by SIGTERM. */
  void askToLeave() {
    endExpected = true;
    // Not Process.destroy(), which would close the standard input that the replica's life hangs on.
    boolean unused = process.toHandle().destroy();
  }

  /** Its exit code, once it has ended; empty if it hasn't in time. */
  OptionalInt exitCode(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** Ends it at once if it is still there. */
  void end() {
    endExpected = true;
    process.destroyForcibly();
  }

  /** What it has traced so far. */
  ProcessTrace trace() throws IOException {
    String text = Files.exists(trace) ? Files.readString(trace) : "";
    return new ProcessTrace(name, TraceReader.read(text), TraceReader.marks(text), killedAtNanos);
  }
}
