package dev.leasehold.samples.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A running Kubernetes API server and the ways into it.
 *
 * <p>The files that it hands out exist until {@link #close()}. Implementations are thread-safe.
 */
public interface ControlPlane extends AutoCloseable {

  /** Where the API server listens, such as {@code https://127.0.0.1:21000}. */
  URI address();

  /** The kubeconfig of a user with all rights. */
  Path kubeconfig();

  /**
   * A login for a user who has no rights but those that a test or a demo gives by RBAC. The same
   * name gives the same user. May block for a request to the API server.
   *
   * @param name a short lower-case name; {@code restricted-1} to {@code restricted-9} are known to
   *     every control plane
   * @return the user as RBAC knows it, and its kubeconfig
   * @throws IllegalArgumentException if this control plane can't have a user of that name
   */
  Login login(String name);

  /**
   * The kubeconfig of a user without rights of its own: {@code login(user).kubeconfig()}.
   *
   * @param user as for {@link #login}
   * @return a file that exists until {@link #close()}
   */
  default Path kubeconfigFor(String user) {
    return login(user).kubeconfig();
  }

  /** A kubectl that fits this API server, if one is known. */
  Optional<Path> kubectl();

  /**
   * Ends what was started for this control plane, and only that; removes the files that it handed
   * out. Blocks for a moment, and for at most 20 seconds. A second call does nothing.
   */
  @Override
  void close();
}
