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

  private record Taken(int key, int opening) {}

  private final ArrayDeque<Integer> live = new ArrayDeque<>();
  private final ArrayDeque<Integer> background = new ArrayDeque<>();

  /** Keys that run, and whether and in which lane each is to run once more. */
  private final Map<Integer, Wish> running = new HashMap<>();

  private final Map<Integer, ArrayDeque<Taken>> byThread = new HashMap<>();
  private boolean open = true;
  private int opening;
  private int inside;

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
      inside++;
      byThread.computeIfAbsent(thread, any -> new ArrayDeque<>()).addLast(new Taken(key, opening));
    }
    return key;
  }

  /** Ends what this thread has run longest; which key that was. */
  public @Nullable Integer done(int thread) {
    Taken taken = byThread.computeIfAbsent(thread, any -> new ArrayDeque<>()).pollFirst();
    if (taken == null) {
      return null;
    }
    inside--;
    Wish wish = open && taken.opening == opening ? running.remove(taken.key) : null;
    if (wish == Wish.LIVE || wish == Wish.BACKGROUND) {
      add(taken.key, wish == Wish.LIVE);
    }
    return taken.key;
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

  /** Whether the bucket could be opened: it was closed, and none of its keys ran. */
  public boolean open() {
    if (open || inside > 0) {
      return false;
    }
    open = true;
    opening++;
    return true;
  }
}
