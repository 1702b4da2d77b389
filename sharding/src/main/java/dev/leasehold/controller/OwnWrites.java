package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
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
 * <p>What is remembered is bounded: {@value #MOST_VERSIONS} versions a key and {@value
 * #MOST_WRITERS} keys in all, up to 300 bytes a version and a key, until the key's next run or
 * until its bucket has stopped; and {@value #MOST_WAITING} events a resource while it is being
 * written. What is more than that comes back as work, which costs a run and nothing else.
 *
 * <p>Thread-safe; keys are passed on outside of the lock.
 */
final class OwnWrites {

  /** How many keys may have written without having heard of it; more are forgotten. */
  static final int MOST_WRITERS = 10_000;

  /** How many versions of one key's are remembered; of more, the oldest are forgotten. */
  static final int MOST_VERSIONS = 16;

  /** How many events of one resource wait for answers; more are passed on. */
  static final int MOST_WAITING = 16;

  private final ToIntFunction<? super ResourceKey> bucketOf;
  private final Consumer<ResourceKey> sink;
  private final Tally tally;

  /** Writes on their way by what they write to. Guarded by this. */
  private final Map<ResourceKey, Flight> flights = new HashMap<>();

  /** Versions that the latest run of a key has written, by its bucket. Guarded by this. */
  private final Map<Integer, Map<ResourceKey, Set<Version>>> written = new HashMap<>();

  /** How many keys there are in all of {@link #written}. Guarded by this. */
  private int writers;

  private record Version(String uid, String version) {}

  private record News(@Nullable Version version, Collection<ResourceKey> keys) {}

  private static final class Flight {
    private int writes;
    private final List<News> waiting = new ArrayList<>();
  }

  /**
   * Nothing written yet.
   *
   * @param bucketOf the index of a key's bucket
   * @param sink takes the keys that news concerns
   * @param tally counts those that are kept back
   */
  OwnWrites(ToIntFunction<? super ResourceKey> bucketOf, Consumer<ResourceKey> sink, Tally tally) {
    this.bucketOf = bucketOf;
    this.sink = sink;
    this.tally = tally;
  }

  /** A run of the key begins, which sees what the cache has by now. */
  synchronized void runs(ResourceKey key) {
    Map<ResourceKey, Set<Version>> keys = written.get(bucketOf.applyAsInt(key));
    if (keys != null && keys.remove(key) != null) {
      writers--;
    }
  }

  /** A bucket has stopped: nobody here asks for its keys any more. */
  synchronized void forget(int bucket) {
    Map<ResourceKey, Set<Version>> gone = written.remove(bucket);
    writers -= gone == null ? 0 : gone.size();
  }

  /** How many keys have written without having heard of it. */
  synchronized int writers() {
    return writers;
  }

  /**
   * Sends a write that only succeeds if the resource is as the key's run has read it.
   *
   * @param writer the key whose run writes
   * @param sent what is sent, with the version that was read; without one if it must not exist, and
   *     without a name if the API server is to choose one
   * @param write sends it and returns the answer
   */
  <T extends HasMetadata> T send(ResourceKey writer, T sent, Supplier<T> write) {
    if (sent.getMetadata().getName() == null) {
      return sendNameless(writer, write);
    }
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

  /** Nobody knows what to wait for, so an event that comes before the answer is news. */
  private <T extends HasMetadata> T sendNameless(ResourceKey writer, Supplier<T> write) {
    T answer = write.get();
    Version version = versionOf(answer);
    if (version != null) {
      remember(writer, version);
    }
    return answer;
  }

  /** Passes on the keys that a new state of a resource concerns, unless they wrote it. */
  void deliver(HasMetadata resource, Collection<ResourceKey> keys) {
    News news = new News(versionOf(resource), keys);
    synchronized (this) {
      Flight flight = flights.get(ResourceKey.of(resource));
      if (flight != null && flight.waiting.size() < MOST_WAITING) {
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
      remember(writer, version);
    }
    Flight flight = flights.get(target);
    if (flight == null || --flight.writes > 0) {
      return List.of();
    }
    flights.remove(target);
    return flight.waiting;
  }

  private synchronized void remember(ResourceKey writer, Version version) {
    Map<ResourceKey, Set<Version>> keys =
        written.computeIfAbsent(bucketOf.applyAsInt(writer), absent -> new LinkedHashMap<>());
    Set<Version> versions = keys.get(writer);
    if (versions == null) {
      if (writers == MOST_WRITERS && keys.isEmpty()) {
        return;
      }
      versions = new LinkedHashSet<>();
      keys.put(writer, versions);
      writers++;
      if (writers > MOST_WRITERS) {
        keys.remove(keys.keySet().iterator().next());
        writers--;
      }
    }
    versions.add(version);
    if (versions.size() > MOST_VERSIONS) {
      versions.remove(versions.iterator().next());
    }
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
    if (version == null || writers == 0) {
      return false;
    }
    Map<ResourceKey, Set<Version>> keys = written.getOrDefault(bucketOf.applyAsInt(key), Map.of());
    return keys.getOrDefault(key, Set.of()).contains(version);
  }

  private static @Nullable Version versionOf(HasMetadata resource) {
    ObjectMeta metadata = resource.getMetadata();
    return metadata.getUid() == null || metadata.getResourceVersion() == null
        ? null
        : new Version(metadata.getUid(), metadata.getResourceVersion());
  }
}
