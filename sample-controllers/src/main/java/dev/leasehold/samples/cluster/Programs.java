package dev.leasehold.samples.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of a local control plane.
 *
 * @param apiServer kube-apiserver
 * @param etcd etcd 3.5 or later
 * @param kubectl kubectl, which the control plane itself doesn't need
 */
public record Programs(Path apiServer, Path etcd, Optional<Path> kubectl) {

  /**
   * The programs of a folder by their usual names; whether they are there is up to {@link
   * #missing()}.
   *
   * @param folder the folder that holds them directly
   * @return programs that may be missing
   */
  public static Programs in(Path folder) {
    Path kubectl = folder.resolve("kubectl");
    return new Programs(
        folder.resolve("kube-apiserver"),
        folder.resolve("etcd"),
        Files.isExecutable(kubectl) ? Optional.of(kubectl) : Optional.empty());
  }

  /** The names of needed programs that are not there or can't be executed. */
  public List<String> missing() {
    return Stream.of(apiServer, etcd)
        .filter(program -> !Files.isRegularFile(program) || !Files.isExecutable(program))
        .map(program -> program.getFileName().toString())
        .toList();
  }
}
