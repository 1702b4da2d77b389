package dev.leasehold.samples.replicator;

import dev.leasehold.controller.Controller;
import dev.leasehold.controller.Reconciler;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.ResourceKey;
import dev.leasehold.controller.Result;
import dev.leasehold.controller.Writes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies labelled ConfigMaps of one namespace into others, and keeps the copies in step.
 *
 * <p>A key is either a source, whose copies are then made or mended, or a copy, which is mended or,
 * if its source is gone, deleted. That copies are keys too is what finds an orphan whose source was
 * deleted while nobody led: promotion replays what exists.
 *
 * <p>Thread-safe.
 */
public final class Replicator implements Reconciler<ConfigMap> {

  private static final Logger log = LoggerFactory.getLogger(Replicator.class);
  private static final Duration NEXT_LOOK = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final Copies copies;
  private final Set<String> targets;

  /**
   * A replicator.
   *
   * @param client the cluster; left open
   * @param home the namespace of the sources
   * @param targets the namespaces of the copies; the source's own is ignored
   */
  Replicator(KubernetesClient client, String home, Set<String> targets) {
    this.client = client;
    this.copies = new Copies(home);
    this.targets = new TreeSet<>(targets);
    this.targets.remove(home);
  }

  /**
   * The controller.
   *
   * @param client the cluster; left open
   * @param home the namespace of the sources
   * @param targets the namespaces of the copies
   * @param buckets 1 unless there is a reason
   * @param workers how many keys may run at once
   */
  public static Controller<ConfigMap> controller(
      KubernetesClient client, String home, Set<String> targets, int buckets, int workers) {
    Replicator replicator = new Replicator(client, home, targets);
    return Controller.of(ConfigMap.class)
        .named("replicator")
        .buckets(buckets)
        .workers(workers)
        .namespaces(home, replicator.targets.toArray(String[]::new))
        .watches(ConfigMap.class, replicator::related)
        .reconciler(replicator);
  }

  /** A source's change is news for its copies, and a copy's for its source. */
  List<ResourceKey> related(ConfigMap changed) {
    String name = changed.getMetadata().getName();
    if (copies.isSource(changed)) {
      return targets.stream().map(target -> new ResourceKey(target, name)).toList();
    }
    return copies.isCopy(changed) ? List.of(new ResourceKey(copies.home(), name)) : List.of();
  }

  @Override
  public Result reconcile(Request<ConfigMap> request) {
    ConfigMap map = request.resource().orElse(null);
    if (map == null) {
      // A source's copies and a copy's source have been enqueued by what watches them.
      return Result.done();
    }
    try {
      if (copies.isSource(map)) {
        return keepCopies(map, request.writes());
      }
      if (copies.isCopy(map)) {
        keepCopy(map, request.writes());
      }
      return Result.done();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // Something was newer than what was read here; the queue waits a moment for it.
        return Result.retry();
      }
      throw refused;
    }
  }

  private Result keepCopies(ConfigMap source, Writes writes) {
    Set<String> inStep = new TreeSet<>();
    for (String target : targets) {
      ConfigMap existing = read(target, source.getMetadata().getName());
      if (existing == null) {
        writes.create(copies.wanted(source, target));
      } else if (copies.isCopy(existing)) {
        mend(existing, source, writes);
      } else {
        log.warn("{} is not a copy of ours and stays.", ResourceKey.of(existing));
        continue;
      }
      inStep.add(target);
    }
    String told = String.join(",", inStep);
    if (!copies.tells(source, told)) {
      writes.update(copies.told(source, told));
    }
    return inStep.equals(targets) ? Result.done() : Result.requeueAfter(NEXT_LOOK);
  }

  private void keepCopy(ConfigMap copy, Writes writes) {
    ConfigMap source = read(copies.home(), copy.getMetadata().getName());
    if (source != null && copies.isSource(source)) {
      mend(copy, source, writes);
    } else {
      writes.delete(copy);
    }
  }

  private void mend(ConfigMap copy, ConfigMap source, Writes writes) {
    if (!copies.isInStep(copy, source)) {
      writes.update(copies.mended(copy, source));
    }
  }

  private @Nullable ConfigMap read(String namespace, String name) {
    return client.configMaps().inNamespace(namespace).withName(name).get();
  }
}
