package dev.leasehold.samples.demo.screen;

import java.util.List;

/** Where the demo writes. Thread-safe. */
public sealed interface Screen permits LiveScreen, PlainScreen {

  /** Writes a line that stays. */
  void say(String line);

  /** Shows the table as it is now; a screen that can't redraw ignores it. */
  void show(List<String> table);

  /** Shows a table that stays: the state at the end of a stage. */
  void settle(List<String> table);

  /** Which colors this screen has. */
  Paint paint();
}
