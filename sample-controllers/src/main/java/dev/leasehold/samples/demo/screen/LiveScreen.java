package dev.leasehold.samples.demo.screen;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A terminal that understands ANSI: the table is the last thing on it, and lines appear above it.
 *
 * <p>Thread-safe. Nobody else may write to the terminal meanwhile.
 */
public final class LiveScreen implements Screen {

  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private final PrintWriter out;

  // Guarded by this: the table as it stands at the bottom of the terminal.
  private List<String> table = List.of();

  /**
   * A screen on a terminal.
   *
   * @param out flushed after each change, never closed
   */
  public LiveScreen(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void say(String line) {
    redraw(List.of(line), table);
  }

  @Override
  public synchronized void show(List<String> newTable) {
    if (!newTable.equals(table)) {
      redraw(List.of(), newTable);
    }
  }

  @Override
  public synchronized void settle(List<String> lastTable) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(lastTable);
    lines.add("");
    redraw(lines, List.of());
  }

  @Override
  public Paint paint() {
    return Paint.ANSI;
  }

  /** One write, so that the terminal shows nothing between. */
  private void redraw(List<String> above, List<String> newTable) {
    StringBuilder text = new StringBuilder(UP_AND_CLEAR.repeat(table.size()));
    above.forEach(line -> text.append(line).append('\n'));
    newTable.forEach(line -> text.append(line).append('\n'));
    out.print(text);
    out.flush();
    table = List.copyOf(newTable);
  }
}
