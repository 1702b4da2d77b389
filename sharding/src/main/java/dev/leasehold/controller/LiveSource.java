package dev.leasehold.controller;

import dev.leasehold.admin.Event;
import dev.leasehold.admin.LiveModel;
import dev.leasehold.claim.ShardCoordinator;
import dev.leasehold.queue.BucketCounts;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What the live page shows of a replica and of all that it sees.
 *
 * <p>The election loop only gathers references to what it knows; the rest is done by the thread
 * that asks. Used by one thread at a time.
 */
final class LiveSource implements Supplier<List<Event>> {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ShardCoordinator coordinator;
  private final Collection<ControllerRuntime<?>> works;
  private final LiveModel model;

  LiveSource(
      String component, ShardCoordinator coordinator, Collection<ControllerRuntime<?>> works) {
    this.coordinator = coordinator;
    this.works = works;
    this.model = new LiveModel(component);
  }

  @Override
  public List<Event> get() {
    String identity = coordinator.status().identity();
    try {
      return model.events(
          coordinator.look().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), identity, counts());
    } catch (TimeoutException stuck) {
      return LiveModel.trouble(
          identity, "The election loop of this replica doesn't answer: what is shown is old.");
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private Map<String, List<BucketCounts>> counts() {
    Map<String, List<BucketCounts>> counts = new LinkedHashMap<>();
    works.forEach(work -> counts.put(work.controller().name(), work.counts()));
    return counts;
  }
}
