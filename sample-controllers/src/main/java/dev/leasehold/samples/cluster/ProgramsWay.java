package dev.leasehold.samples.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A control plane of programs that a folder on this machine holds.
 *
 * @param name the way's name in the list
 * @param folder the folder, if anybody named one
 * @param absent what to say when nobody did, or when the folder is not there
 * @param remedy what to do when the folder's programs don't work
 */
record ProgramsWay(String name, Optional<Path> folder, String absent, String remedy)
    implements Way {

  private static final String REMOVE = "remove the folder to have it built again";

  /** The folder that the variable KUBEBUILDER_ASSETS names: the convention of envtest. */
  static ProgramsWay assets(Map<String, String> environment) {
    String value = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
    return new ProgramsWay(
        "programs in KUBEBUILDER_ASSETS",
        value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value)),
        "the variable is not set",
        "name another folder, or none");
  }

  /** The folder into which an earlier run built programs. */
  static ProgramsWay cached(CacheFolder cache) {
    Path folder = cache.programs();
    return new ProgramsWay(
        "programs of an earlier run in the cache folder",
        Files.exists(folder) ? Optional.of(folder) : Optional.empty(),
        "there is no folder " + folder,
        REMOVE);
  }

  @Override
  public Attempt attempt() {
    return folder.map(found -> start(found, remedy)).orElseGet(() -> new Attempt.Absent(absent));
  }

  /** Starts what has just been built into the cache folder. */
  static Attempt start(CacheFolder cache) {
    return start(cache.programs(), REMOVE);
  }

  private static Attempt start(Path folder, String remedy) {
    Programs programs = Programs.in(folder);
    List<String> missing = programs.missing();
    if (!missing.isEmpty()) {
      return new Attempt.Broken(
          folder
              + " lacks "
              + String.join(" and ", missing)
              + ", or they can't be executed; "
              + remedy);
    }
    try {
      return new Attempt.Serves(LocalControlPlane.start(programs));
    } catch (ControlPlaneFault e) {
      return new Attempt.Broken(
          "the programs in " + folder + " don't start, " + remedy + ": " + e.getMessage());
    }
  }
}
