package dev.leasehold.simulation;

import java.util.PriorityQueue;

/**
 * The true time, which nobody in the simulation can read, and what is due by it. Two events of the
 * same time happen in the order in which they were planned.
 */
final class VirtualTime {

  private final PriorityQueue<Due> heap = new PriorityQueue<>();
  private long now;
  private long planned;

  /** Something that is going to happen, unless it is cancelled. */
  static final class Due implements Comparable<Due> {

    private final long at;
    private final long number;
    private final Runnable event;
    private boolean cancelled;

    private Due(long at, long number, Runnable event) {
      this.at = at;
      this.number = number;
      this.event = event;
    }

    void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Due other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
    }
  }

  /** Nanoseconds since the simulation began. */
  long now() {
    return now;
  }

  /** Plans an event; a time that has passed means now. */
  Due at(long nanos, Runnable event) {
    Due due = new Due(Math.max(nanos, now), planned++, event);
    heap.add(due);
    return due;
  }

  Due after(long nanos, Runnable event) {
    return at(now + nanos, event);
  }

  /** Lets the next event happen if it is due by {@code limit}; else the time becomes the limit. */
  boolean stepUntil(long limit) {
    Due next = heap.peek();
    while (next != null && next.cancelled) {
      heap.poll();
      next = heap.peek();
    }
    if (next == null || next.at > limit) {
      now = Math.max(now, limit);
      return false;
    }
    heap.poll();
    now = next.at;
    next.event.run();
    return true;
  }
}
