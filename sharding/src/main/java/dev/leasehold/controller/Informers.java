package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The informers of one client: one for each type and scope, however many controllers look at it.
 *
 * <p>Thread-safe. Closing it ends all watches; the client stays open.
 */
final class Informers implements AutoCloseable {

  /**
   * The pause before the first attempt to open a lost watch again. It doubles each time, as the
   * client library has it, up to 32 times as long. The library's own pause is a second: then
   * buckets are led again after an outage, and their changes are heard of up to half a minute
   * later. For lists that fail it goes by its own pause all the same.
   */
  private static final int RECONNECT_MILLIS = 50;

  private final KubernetesClient client;

  // Guarded by this.
  private final Map<TypeScope<?>, TypeInformer<?>> informers = new HashMap<>();

  Informers(KubernetesClient client) {
    this.client = reconnectingSoon(client);
  }

  /** The same connections; pauses between attempts are the informers' own, so none within one. */
  private static KubernetesClient reconnectingSoon(KubernetesClient client) {
    RequestConfig soon =
        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(RECONNECT_MILLIS)
            .build();
    return client.newClient(soon).adapt(KubernetesClient.class);
  }

  /** The informers of a source in some namespaces, or in all if there are none. */
  <T extends HasMetadata> List<TypeInformer<T>> of(Source<T> source, Set<String> namespaces) {
    return TypeScope.of(source, namespaces).stream().map(this::of).toList();
  }

  /** The informer of a scope; made, but not started, when it is first asked for. */
  @SuppressWarnings("unchecked") // An informer is filed under a scope of its own type.
  synchronized <T extends HasMetadata> TypeInformer<T> of(TypeScope<T> scope) {
    return (TypeInformer<T>)
        informers.computeIfAbsent(scope, absent -> new TypeInformer<>(client, scope));
  }

  @Override
  public void close() {
    List<TypeInformer<?>> all;
    synchronized (this) {
      all = List.copyOf(informers.values());
      informers.clear();
    }
    all.forEach(TypeInformer::close);
  }
}
