package dev.leasehold.e2e.replica;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a replica is started with, besides the usual.
 *
 * @param jvmOptions its JVM's options; the last of two that contradict each other counts
 * @param environment variables
 * @param options of the command, by name, instead of the usual ones of the same name
 * @param jar of another version, if it is another
 * @param clockRate how fast its clocks run, all of them; 1 is real time
 * @param log where its log goes instead of into a file beside its trace; it can't be read then
 */
public record Launch(
    List<String> jvmOptions,
    Map<String, String> environment,
    Map<String, String> options,
    Optional<Path> jar,
    double clockRate,
    Optional<Path> log) {

  /** With nothing else. */
  public static final Launch PLAIN =
      new Launch(List.of(), Map.of(), Map.of(), Optional.empty(), 1, Optional.empty());

  /** Copies the collections. */
  public Launch {
    jvmOptions = List.copyOf(jvmOptions);
    environment = Map.copyOf(environment);
    options = Map.copyOf(options);
  }

  /** The same with these options of the JVM. */
  public Launch withJvm(String... jvm) {
    return new Launch(List.of(jvm), environment, options, jar, clockRate, log);
  }

  /** The same with these variables. */
  public Launch withEnvironment(Map<String, String> variables) {
    return new Launch(jvmOptions, variables, options, jar, clockRate, log);
  }

  /** The same with these options of the command. */
  public Launch withOptions(Map<String, String> changed) {
    return new Launch(jvmOptions, environment, changed, jar, clockRate, log);
  }

  /** The same with another version's jar. */
  public Launch withJar(Path other) {
    return new Launch(jvmOptions, environment, options, Optional.of(other), clockRate, log);
  }

  /** The same with clocks that run that fast; the environment has to make them. */
  public Launch withClockRate(double rate) {
    return new Launch(jvmOptions, environment, options, jar, rate, log);
  }

  /** The same with a log that goes elsewhere. */
  public Launch withLog(Path elsewhere) {
    return new Launch(jvmOptions, environment, options, jar, clockRate, Optional.of(elsewhere));
  }

  /** The usual options, each with its value, changed as they are to be. */
  List<String> changed(List<String> usual) {
    if (options.isEmpty()) {
      return usual;
    }
    Map<String, String> added = new HashMap<>(options);
    List<String> all = new ArrayList<>();
    for (int i = 0; i + 1 < usual.size(); i += 2) {
      String own = added.remove(usual.get(i));
      all.addAll(List.of(usual.get(i), own == null ? usual.get(i + 1) : own));
    }
    added.forEach((name, value) -> all.addAll(List.of(name, value)));
    return all;
  }

  /**
   * The real time of an event, on this machine's monotonic clock. Clocks at another rate, the
   * monotonic one too, begin with what the wall clock shows.
   *
   * @param nanos its time by the replica's own monotonic clock
   * @param startedNanos when the process began, on this machine's monotonic clock
   * @param startedWall the same moment on its wall clock, in nanoseconds
   */
  long real(long nanos, long startedNanos, long startedWall) {
    return clockRate == 1 ? nanos : startedNanos + (long) ((nanos - startedWall) / clockRate);
  }
}
