package dev.leasehold.events;

/** Where Events go. */
interface EventSink extends AutoCloseable {

  /**
   * Writes an Event, and waits for the answer.
   *
   * @throws RuntimeException if it wasn't written
   */
  void write(Telling telling);

  @Override
  void close();
}
