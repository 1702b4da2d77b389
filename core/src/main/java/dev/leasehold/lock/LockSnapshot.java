package dev.leasehold.lock;

/**
 * A lock as one version of it was seen.
 *
 * @param name the object's name
 * @param version which version this is
 * @param record what it says
 * @param foreign what else its object carries
 */
public record LockSnapshot(String name, Version version, LockRecord record, Foreign foreign) {

  /**
   * A lock that carries nothing else.
   *
   * @param name the object's name
   * @param version which version this is
   * @param record what it says
   */
  public LockSnapshot(String name, Version version, LockRecord record) {
    this(name, version, record, Foreign.NONE);
  }
}
