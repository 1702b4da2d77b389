package dev.leasehold.samples.cluster;

import dev.leasehold.samples.cluster.Way.Attempt.Absent;
import dev.leasehold.samples.cluster.Way.Attempt.Broken;
import dev.leasehold.samples.cluster.Way.Attempt.Serves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a control plane: the first of its ways that serves.
 *
 * <p>The ways are tried one after the other in their order. Which one serves is logged, and so is
 * what each before it lacked, as a warning if it is there but broken. Immutable and thread-safe;
 * two searches find two control planes.
 */
public final class ControlPlaneFinder {

  private static final Logger log = LoggerFactory.getLogger(ControlPlaneFinder.class);

  private final List<Way> ways;

  /**
   * A finder of given ways.
   *
   * @param ways in the order in which they are tried
   */
  public ControlPlaneFinder(List<Way> ways) {
    this.ways = List.copyOf(ways);
  }

  /**
   * The five ways, with a Docker one of the caller's at place 4.
   *
   * @param environment as by {@link System#getenv()}
   * @param docker the way by a container, as Testcontainers is not a dependency here
   * @param progress gets each line of a build, as it comes, on the searching thread
   * @return a finder that has done nothing yet
   */
  public static ControlPlaneFinder standard(
      Map<String, String> environment, Way docker, Consumer<String> progress) {
    CacheFolder cache = CacheFolder.of(environment);
    return new ControlPlaneFinder(
        List.of(
            NamedKubeconfigWay.of(environment),
            ProgramsWay.assets(environment),
            ProgramsWay.cached(cache),
            docker,
            new DebianBuildWay(cache, progress)));
  }

  /**
   * Of the five ways those three that start programs on this machine and need no container.
   *
   * @param environment as by {@link System#getenv()}
   * @param progress gets each line of a build, as it comes, on the searching thread
   * @return a finder that has done nothing yet
   */
  public static ControlPlaneFinder onThisMachine(
      Map<String, String> environment, Consumer<String> progress) {
    CacheFolder cache = CacheFolder.of(environment);
    return new ControlPlaneFinder(
        List.of(
            ProgramsWay.assets(environment),
            ProgramsWay.cached(cache),
            new DebianBuildWay(cache, progress)));
  }

  /** The five ways of this process's environment, without a container; progress is logged. */
  public static ControlPlaneFinder standard() {
    return standard(System.getenv(), noContainers(), log::info);
  }

  /**
   * Tries the ways and returns the first control plane that serves; the caller closes it.
   *
   * @throws NoControlPlaneException if none does; the message lists all ways and what each lacked
   */
  public ControlPlane find() {
    List<String> lacks = new ArrayList<>();
    for (Way way : ways) {
      Optional<ControlPlane> plane = tried(way, lacks);
      if (plane.isPresent()) {
        return plane.get();
      }
    }
    throw new NoControlPlaneException(
        "No Kubernetes API server can be had here. Provide any one of these "
            + ways.size()
            + " ways; this is what each lacks:"
            + String.join("", lacks));
  }

  private static Optional<ControlPlane> tried(Way way, List<String> lacks) {
    Way.Attempt attempt = attempt(way);
    if (attempt instanceof Serves serves) {
      log.info("Control plane {} is served by {}.", serves.plane().address(), way.name());
      return Optional.of(serves.plane());
    }
    String reason;
    if (attempt instanceof Broken broken) {
      reason = broken.fault();
      log.warn("{} can't serve as control plane, the next way is tried: {}.", way.name(), reason);
    } else {
      reason = ((Absent) attempt).lacks();
      log.info("{} can't serve as control plane: {}.", way.name(), reason);
    }
    lacks.add("\n  " + (lacks.size() + 1) + ". " + way.name() + ": " + reason + ".");
    return Optional.empty();
  }

  private static Way.Attempt attempt(Way way) {
    try {
      return way.attempt();
    } catch (RuntimeException e) {
      log.debug("The attempt at {} threw.", way.name(), e);
      return new Broken("it failed with " + e);
    }
  }

  private static Way noContainers() {
    return new Way() {
      @Override
      public String name() {
        return "Docker: K3s in a container";
      }

      @Override
      public Attempt attempt() {
        return new Absent("only the end-to-end tests have Testcontainers, not this program");
      }
    };
  }
}
