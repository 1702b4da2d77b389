package dev.leasehold.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, line by line, for people; written down only when a schedule is replayed. */
final class Timeline {

  private final VirtualTime time;
  private final boolean recording;
  private final List<String> lines = new ArrayList<>();

  Timeline(VirtualTime time, boolean recording) {
    this.time = time;
    this.recording = recording;
  }

  void note(String who, Supplier<String> what) {
    if (recording) {
      lines.add(String.format(Locale.ROOT, "%10.4f s  %-9s %s", time.now() / 1e9, who, what.get()));
    }
  }

  List<String> lines() {
    return lines;
  }
}
