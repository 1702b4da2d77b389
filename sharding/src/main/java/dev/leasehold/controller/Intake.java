package dev.leasehold.controller;

import dev.leasehold.queue.Lane;
import dev.leasehold.queue.WorkQueue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Where the feeds of a controller end: keys go into its queue, unless they bring no news to it.
 *
 * <p>Thread-safe.
 */
final class Intake implements Feed.Sink {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Controller<?> controller;
  private final Consumer<ResourceKey> observer;
  private final WorkQueue<ResourceKey> queue;
  private final EventComplaints complaints;
  private final Tally tally;
  private final OwnWrites own;

  /**
   * The intake of a controller.
   *
   * @param controller whose keys it takes
   * @param observer hears of each key first, whoever leads it and whoever wrote
   * @param queue where keys go whose buckets are open
   * @param complaints how loudly to log keys that are none of its own
   * @param tally counts what becomes of them
   */
  Intake(
      Controller<?> controller,
      Consumer<ResourceKey> observer,
      WorkQueue<ResourceKey> queue,
      EventComplaints complaints,
      Tally tally) {
    this.controller = controller;
    this.observer = observer;
    this.queue = queue;
    this.complaints = complaints;
    this.tally = tally;
    this.own = new OwnWrites(queue::bucketOf, this::enqueue, tally);
  }

  /** What the controller writes, whose events are no news to the key that wrote. */
  OwnWrites own() {
    return own;
  }

  @Override
  public void changed(HasMetadata resource, Collection<ResourceKey> keys) {
    own.deliver(resource, ours(keys));
  }

  @Override
  public void deleted(Collection<ResourceKey> keys) {
    ours(keys).forEach(this::enqueue);
  }

  /** Those of the keys that the controller looks at, of which the observer has heard by then. */
  private List<ResourceKey> ours(Collection<ResourceKey> keys) {
    List<ResourceKey> ours = new ArrayList<>(keys.size());
    for (ResourceKey key : keys) {
      if (controller.looksAt(key)) {
        observer.accept(key);
        ours.add(key);
      } else {
        tally.count(Occurrence.EVENT_FOREIGN);
        LOG.atLevel(complaints.level(Occurrence.EVENT_FOREIGN, Level.WARN))
            .log(
                "Controller {} was told of {}, which is not among what it looks at; see its mappers.",
                controller.name(),
                key);
      }
    }
    return ours;
  }

  private void enqueue(ResourceKey key) {
    boolean isLed = queue.add(key, Lane.LIVE);
    tally.count(isLed ? Occurrence.EVENT_ENQUEUED : Occurrence.EVENT_ELSEWHERE);
  }
}
