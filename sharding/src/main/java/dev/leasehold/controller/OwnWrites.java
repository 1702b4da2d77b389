package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of a controller's own writes from bringing back the key that wrote, where it can
 * be known that there is nothing new in them.
 *
 * <p>That is known of a write that the API server accepted only because the resource was as the run
 * had read it, or didn't exist: the version in the answer holds that and the write, and nothing of
 * anybody else's. A write that names no version may be answered with what somebody else has just
 * written, so it comes back. So does a version once its key runs again before the event has come,
 * since that run may have seen the state before the write.
 *
 * <p>An event may come before the answer that explains it, so events of a resource that is being
 * written wait for the answer.
 *
 * <p>Thread-safe; keys are passed on outside of the lock.
 */
final class OwnWrites {

  /** How many keys may have written without having heard of it; more are forgotten. */
  private static final int MOST_WRITERS = 10_000;

  private final Consumer<ResourceKey> sink;
  private final Tally tally;

  /** Writes on their way by what they write to. Guarded by this. */
  private final Map<ResourceKey, Flight> flights = new HashMap<>();

  /** Versions that the latest run of a key has written. Guarded by this. */
  private final Map<ResourceKey, Set<Version>> written = new LinkedHashMap<>();

  private record Version(String uid, String version) {}

  private record News(@Nullable Version version, Collection<ResourceKey> keys) {}

  private static final class Flight {
    private int writes;
    private final List<News> waiting = new ArrayList<>();
  }

  /**
   * Nothing written yet.
   *
   * @param sink takes the keys that news concerns
   * @param tally counts those that are kept back
   */
  OwnWrites(Consumer<ResourceKey> sink, Tally tally) {
    this.sink = sink;
    this.tally = tally;
  }

  /** A run of the key begins, which sees what the cache has by now. */
  synchronized void runs(ResourceKey key) {
    written.remove(key);
  }

  /**
   * Sends a write that only succeeds if the resource is as the key's run has read it.
   *
   * @param writer the key whose run writes
   * @param sent what is sent, with the version that was read; without one if it must not exist
   * @param write sends it and returns the answer
   */
  <T extends HasMetadata> T send(ResourceKey writer, T sent, Supplier<T> write) {
    ResourceKey target = ResourceKey.of(sent);
    takeOff(target);
    T answer = null;
    try {
      answer = write.get();
      return answer;
    } finally {
      land(target, writer, sent.getMetadata().getResourceVersion(), answer).forEach(this::pass);
    }
  }

  /** Passes on the keys that a new state of a resource concerns, unless they wrote it. */
  void deliver(HasMetadata resource, Collection<ResourceKey> keys) {
    News news = new News(versionOf(resource), keys);
    synchronized (this) {
      Flight flight = flights.get(ResourceKey.of(resource));
      if (flight != null) {
        flight.waiting.add(news);
        return;
      }
    }
    pass(news);
  }

  private synchronized void takeOff(ResourceKey target) {
    flights.computeIfAbsent(target, absent -> new Flight()).writes++;
  }

  /** Returns the news that waits for no more answers. */
  private synchronized List<News> land(
      ResourceKey target, ResourceKey writer, @Nullable String base, @Nullable HasMetadata answer) {
    Version version = answer == null ? null : versionOf(answer);
    if (version != null && !version.version().equals(base)) {
      written.computeIfAbsent(writer, absent -> new HashSet<>()).add(version);
      if (written.size() > MOST_WRITERS) {
        written.remove(written.keySet().iterator().next());
      }
    }
    Flight flight = flights.get(target);
    if (flight == null || --flight.writes > 0) {
      return List.of();
    }
    flights.remove(target);
    return flight.waiting;
  }

  private void pass(News news) {
    for (ResourceKey key : news.keys()) {
      if (isOwn(key, news.version())) {
        tally.count(Occurrence.EVENT_OWN);
      } else {
        sink.accept(key);
      }
    }
  }

  private synchronized boolean isOwn(ResourceKey key, @Nullable Version version) {
    return version != null && written.getOrDefault(key, Set.of()).contains(version);
  }

  private static @Nullable Version versionOf(HasMetadata resource) {
    ObjectMeta metadata = resource.getMetadata();
    return metadata.getUid() == null || metadata.getResourceVersion() == null
        ? null
        : new Version(metadata.getUid(), metadata.getResourceVersion());
  }
}
