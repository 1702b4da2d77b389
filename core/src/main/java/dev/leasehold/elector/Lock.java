package dev.leasehold.elector;

/**
 * Which lock an election is about.
 *
 * @param kind what kind of object holds it
 * @param namespace the object's namespace
 * @param name the object's name
 */
public record Lock(Kind kind, String namespace, String name) {

  /** Kinds of objects that hold a lock. */
  public enum Kind {
    /** A Lease: the usual one. */
    LEASE,
    /**
     * A ConfigMap with client-go's annotation, for old clusters and electors. One of its own is
     * best: whoever changes its data costs the leader its term.
     */
    CONFIG_MAP
  }

  /**
   * Checks that both names are there.
   *
   * @throws IllegalArgumentException if the namespace or the name is empty
   */
  public Lock {
    if (namespace.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException(
          "A lock needs a namespace and a name; they are \"%s\" and \"%s\"."
              .formatted(namespace, name));
    }
  }

  /** A Lease. */
  public static Lock lease(String namespace, String name) {
    return new Lock(Kind.LEASE, namespace, name);
  }

  /** A ConfigMap. */
  public static Lock configMap(String namespace, String name) {
    return new Lock(Kind.CONFIG_MAP, namespace, name);
  }

  @Override
  public String toString() {
    return (kind == Kind.LEASE ? "Lease " : "ConfigMap ") + namespace + "/" + name;
  }
}
