package dev.leasehold.samples.demo.check;

import java.util.Optional;

/**
 * A page and what was made of it.
 *
 * @param namespace where it is
 * @param name its name
 * @param html what its spec says
 * @param generation which version of the spec that is
 * @param status what its status says, if it has one
 * @param rendered what its ConfigMap says, if there is one
 */
public record PageState(
    String namespace,
    String name,
    String html,
    long generation,
    Optional<Status> status,
    Optional<String> rendered) {

  /**
   * The status of a page.
   *
   * @param observedGeneration the version of the spec that was reconciled
   * @param reconciledBy by which member
   * @param epoch under which epoch, unsigned
   */
  public record Status(long observedGeneration, String reconciledBy, long epoch) {}

  @Override
  public String toString() {
    return namespace + '/' + name;
  }
}
