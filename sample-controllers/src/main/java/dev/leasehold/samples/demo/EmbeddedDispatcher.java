package dev.leasehold.samples.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.server.mock.KubernetesAttributesExtractor;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The embedded API server's objects, with watches that may break.
 *
 * <p>The library's own watches wait for a broken connection's last events on the thread that serves
 * everybody, so a watcher that is killed stops the server for a minute; and an event for it fails
 * the write that caused it. Here each watch has a thread and a queue of its own, and one that is
 * gone is forgotten. A watch by field selector is not limited by it.
 */
final class EmbeddedDispatcher extends KubernetesCrudDispatcher {

  private final KubernetesAttributesExtractor attributes;

  // Guarded by itself, and so is every change of the objects: what a new watch is shown first and
  // what it is told later fit together.
  private final Set<WatchStream> streams = new LinkedHashSet<>();

  EmbeddedDispatcher() {
    super(List.of());
    attributes = (KubernetesAttributesExtractor) attributeExtractor;
  }

  @Override
  public MockResponse handleWatch(String path) {
    AttributeSet query = attributes.fromPath(path);
    return new MockResponse()
        .withWebSocketUpgrade(new WatchStream(query, this::opened, this::closed));
  }

  @Override
  public void processEvent(
      String path,
      AttributeSet pathAttributes,
      @Nullable AttributeSet oldAttributes,
      @Nullable GenericKubernetesResource resource,
      @Nullable String newState) {
    synchronized (streams) {
      String oldState = oldAttributes == null ? null : map.get(oldAttributes);
      store(path, pathAttributes, oldAttributes, resource, newState);
      if (!Objects.equals(oldState, newState)) {
        AttributeSet now = newState == null ? null : attributesOf(newState, pathAttributes);
        streams.forEach(stream -> tell(stream, oldAttributes, oldState, now, newState));
      }
    }
  }

  @SuppressWarnings("NullAway") // The library knows no annotations; it takes nulls here.
  private void store(
      String path,
      AttributeSet pathAttributes,
      @Nullable AttributeSet oldAttributes,
      @Nullable GenericKubernetesResource resource,
      @Nullable String newState) {
    super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
  }

  private AttributeSet attributesOf(String state, AttributeSet pathAttributes) {
    AttributeSet own = attributes.fromResource(state);
    return own.containsKey(KubernetesAttributesExtractor.PLURAL)
        ? own
        : AttributeSet.merge(pathAttributes, own);
  }

  private static void tell(
      WatchStream stream,
      @Nullable AttributeSet before,
      @Nullable String oldState,
      @Nullable AttributeSet now,
      @Nullable String newState) {
    boolean had = before != null && oldState != null && stream.selects(before);
    boolean has = now != null && newState != null && stream.selects(now);
    if (has && newState != null) {
      stream.send(had ? Action.MODIFIED : Action.ADDED, newState);
    } else if (had && oldState != null) {
      stream.send(Action.DELETED, oldState);
    }
  }

  private void opened(WatchStream stream) {
    synchronized (streams) {
      map.forEach(
          (object, state) -> {
            if (stream.selects(object)) {
              stream.send(Action.ADDED, state);
            }
          });
      streams.add(stream);
    }
  }

  private void closed(WatchStream stream) {
    synchronized (streams) {
      streams.remove(stream);
    }
  }
}
