package dev.leasehold.e2e.replica;

import java.util.List;
import java.util.Map;

/**
 * What a replica's JVM is started with, besides the usual.
 *
 * @param jvmOptions its options; the last of two that contradict each other counts
 * @param environment variables
 */
public record Launch(List<String> jvmOptions, Map<String, String> environment) {

  /** With nothing else. */
  public static final Launch PLAIN = new Launch(List.of(), Map.of());

  /** Copies the collections. */
  public Launch {
    jvmOptions = List.copyOf(jvmOptions);
    environment = Map.copyOf(environment);
  }
}
