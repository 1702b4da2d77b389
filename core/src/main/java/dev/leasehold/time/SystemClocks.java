package dev.leasehold.time;

/** The clocks of the JDK. */
enum SystemClocks implements Clocks {
  BOTH;

  @Override
  public Now now() {
    return new Now(nanos(), System.currentTimeMillis());
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
