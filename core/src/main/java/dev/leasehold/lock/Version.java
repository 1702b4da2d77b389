package dev.leasehold.lock;

/**
 * One version of one object.
 *
 * @param uid the object's uid: a recreated object of the same name has another
 * @param number the {@code resourceVersion}, an unsigned 64-bit number that grows over all versions
 *     of all objects of one API server
 */
public record Version(String uid, long number) {

  /**
   * Reads a version from an object's metadata.
   *
   * @param uid the object's uid
   * @param resourceVersion its {@code resourceVersion}
   * @throws NumberFormatException if the version isn't an unsigned 64-bit number, which the API
   *     server's own never fails to be
   */
  public static Version of(String uid, String resourceVersion) {
    return new Version(uid, Long.parseUnsignedLong(resourceVersion));
  }

  /** Whether this version was written after the other one, of whichever object. */
  public boolean isAfter(Version other) {
    return Long.compareUnsigned(number, other.number) > 0;
  }

  /** The {@code resourceVersion} as the API server spells it. */
  public String resourceVersion() {
    return Long.toUnsignedString(number);
  }

  @Override
  public String toString() {
    return resourceVersion();
  }
}
