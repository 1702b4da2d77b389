package dev.leasehold.elector;

import java.util.regex.Pattern;

/**
 * Which lock an election is about.
 *
 * @param kind what kind of object holds it
 * @param namespace the object's namespace, a DNS-1123 label
 * @param name the object's name, a DNS-1123 subdomain: labels and dots, 253 characters at most
 */
public record Lock(Kind kind, String namespace, String name) {

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern NAMESPACE = Pattern.compile("(?=.{1,63}$)" + LABEL);
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");

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
   * Checks both names, which the API server would refuse only once the election has begun.
   *
   * @throws IllegalArgumentException if the namespace or the name can't be one
   */
  public Lock {
    check(NAMESPACE, "namespace", namespace, "1 to 63 small letters, digits and hyphens");
    check(NAME, "name", name, "1 to 253 small letters, digits, hyphens and dots");
  }

  private static void check(Pattern pattern, String what, String text, String allowed) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "The %s of a lock can't be \"%s\"; use %s, with a letter or a digit at both ends."
              .formatted(what, text, allowed));
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
