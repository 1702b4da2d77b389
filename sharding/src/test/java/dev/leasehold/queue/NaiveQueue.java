package dev.leasehold.queue;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a queue of one bucket is meant to do, said as plainly as possible and for one thread: it
 * knows neither locks nor time.
 */
public final class NaiveQueue {

  private final ArrayDeque<Integer> live = new ArrayDeque<>();
  private final ArrayDeque<Integer> background = new ArrayDeque<>();

  /** Keys that run, and whether and in which lane each is to run once more. */
  private final Map<Integer, Wish> running = new HashMap<>();

  private final Map<Integer, ArrayDeque<Integer>> byThread = new HashMap<>();
  private boolean open = true;

  private enum Wish {
    NOTHING,
    BACKGROUND,
    LIVE
  }

  /** Whether the key is accepted. */
  public boolean add(int key, boolean isLive) {
    if (!open) {
      return false;
    }
    Wish wish = running.get(key);
    if (wish != null) {
      running.put(key, isLive || wish == Wish.LIVE ? Wish.LIVE : Wish.BACKGROUND);
    } else if (!live.contains(key) && (isLive || !background.contains(key))) {
      background.remove(key);
      (isLive ? live : background).addLast(key);
    }
    return true;
  }

  /** The next key, which this thread runs from now on. */
  public @Nullable Integer poll(int thread) {
    Integer key = live.isEmpty() ? background.pollFirst() : live.pollFirst();
    if (key != null) {
      running.put(key, Wish.NOTHING);
      byThread.computeIfAbsent(thread, any -> new ArrayDeque<>()).addLast(key);
    }
    return key;
  }

  /** Ends what this thread has run longest; which key that was. */
  public @Nullable Integer done(int thread) {
    Integer taken = byThread.computeIfAbsent(thread, any -> new ArrayDeque<>()).pollFirst();
    if (taken == null) {
      return null;
    }
    Wish wish = running.remove(taken);
    if (wish == Wish.LIVE || wish == Wish.BACKGROUND) {
      add(taken, wish == Wish.LIVE);
    }
    return taken;
  }

  /** Whether the bucket was open until now. */
  public boolean close() {
    boolean wasOpen = open;
    open = false;
    live.clear();
    background.clear();
    running.clear();
    return wasOpen;
  }
}
