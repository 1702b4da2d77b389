package dev.leasehold.e2e.sidebyside.contender;

import java.io.PrintStream;

/**
 * What a contender says: a mark, then a line of an event, its subject, the time on the monotonic
 * clock, which all processes of a machine share, and perhaps more. Thread-safe.
 */
public final class Voice {

  /** Begins each of its lines, since a JVM prints some of its own. */
  public static final String MARK = "> ";

  private final PrintStream out;

  private Voice(PrintStream out) {
    this.out = out;
  }

  /** Takes standard output for itself: what others print goes to standard error from now on. */
  static Voice take() {
    Voice voice = new Voice(System.out);
    System.setOut(System.err);
    return voice;
  }

  /** Says that something happens now. */
  void say(String event, String subject) {
    say(event, subject, System.nanoTime(), "");
  }

  /** Says what happened, with something to it that may hold spaces. */
  void say(String event, String subject, long nanos, String more) {
    String line = more.isEmpty() ? "" : " " + more;
    synchronized (this) {
      out.println(MARK + event + " " + subject + " " + nanos + line);
      out.flush();
    }
  }
}
