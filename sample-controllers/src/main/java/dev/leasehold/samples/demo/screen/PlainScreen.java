package dev.leasehold.samples.demo.screen;

import java.io.PrintWriter;
import java.util.List;

/** Lines alone, for files, pipes and logs. Thread-safe. */
public final class PlainScreen implements Screen {

  private final PrintWriter out;

  /**
   * A screen on a stream.
   *
   * @param out flushed after each line, never closed
   */
  public PlainScreen(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void show(List<String> table) {
    // Once a change would be dozens of copies; the lines about moves say the same.
  }

  @Override
  public synchronized void settle(List<String> table) {
    out.println();
    table.forEach(line -> out.println(line.isEmpty() ? line : "    " + line));
    out.println();
    out.flush();
  }

  @Override
  public Paint paint() {
    return Paint.NONE;
  }
}
