package dev.leasehold.elector;

import dev.leasehold.election.ElectionSettings;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import dev.leasehold.election.Timings;
import dev.leasehold.lock.ConfigMapFeed;
import dev.leasehold.lock.ConfigMapStore;
import dev.leasehold.lock.LeaseClient;
import dev.leasehold.lock.LeaseFeed;
import dev.leasehold.lock.LeaseStore;
import dev.leasehold.lock.LockFeed;
import dev.leasehold.lock.LockStore;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link LeaderElector}. Not thread-safe; each call returns the builder itself.
 *
 * <p>Without {@link #client} the elector finds the cluster as {@code kubectl} would, or from inside
 * a pod. Either way it talks to the API server through a client of its own, with short timeouts and
 * no retries, and needs {@code get}, {@code list}, {@code watch}, {@code create} and {@code update}
 * on the lock's kind.
 */
public final class LeaderElectorBuilder {

  private final Lock lock;
  private final List<LeaderListener> listeners = new ArrayList<>();
  private String identity = "";
  private Timings timings = Timings.defaults();
  private @Nullable KubernetesClient client;

  LeaderElectorBuilder(Lock lock) {
    this.lock = lock;
  }

  /**
   * Whose cluster and credentials to use.
   *
   * @param like a client; left as it is, and not to be closed before the elector was built
   */
  public LeaderElectorBuilder client(KubernetesClient like) {
    client = like;
    return this;
  }

  /**
   * What the lock is to show as its holder. By default the host's name, which is the pod's, an
   * underscore and eight hex digits that are new with each elector.
   *
   * @param name not empty, and used by no other elector of this lock, in whatever language: an
   *     elector that isn't this library's takes a lock with its own name in it for its own
   */
  public LeaderElectorBuilder identity(String name) {
    identity = name;
    return this;
  }

  /**
   * The periods; Kubernetes' usual 15 s, 10 s and 2 s by default.
   *
   * @param periods the periods
   */
  public LeaderElectorBuilder timings(Timings periods) {
    timings = periods;
    return this;
  }

  /**
   * Calls back when a term begins; see {@link LeaderListener#onStart}.
   *
   * @param callback is given the term
   */
  public LeaderElectorBuilder onStart(Consumer<? super TermView> callback) {
    return listener(
        new LeaderListener() {
          @Override
          public void onStart(TermView term) {
            callback.accept(term);
          }
        });
  }

  /**
   * Calls back when a term is over; see {@link LeaderListener#onStop}.
   *
   * @param callback returns when the work has stopped
   */
  public LeaderElectorBuilder onStop(Runnable callback) {
    return listener(
        new LeaderListener() {
          @Override
          public void onStop(TermView term, EndCause cause) {
            callback.run();
          }
        });
  }

  /**
   * Calls back when the lock shows another holder; see {@link LeaderListener#onNewLeader}.
   *
   * @param callback is given its identity, empty for nobody
   */
  public LeaderElectorBuilder onNewLeader(Consumer<? super String> callback) {
    return listener(
        new LeaderListener() {
          @Override
          public void onNewLeader(String holder) {
            callback.accept(holder);
          }
        });
  }

  /**
   * Adds a listener; all are called in the order in which they were added.
   *
   * @param added hears of everything
   */
  public LeaderElectorBuilder listener(LeaderListener added) {
    listeners.add(added);
    return this;
  }

  /**
   * Makes the elector; it campaigns once it is started.
   *
   * @throws IllegalArgumentException if the identity is set and empty
   */
  public LeaderElector build() {
    return build(ports());
  }

  LeaderElector build(Ports ports) {
    String run = UUID.randomUUID().toString();
    String name = identity.isEmpty() ? host() + "_" + run.substring(0, 8) : identity;
    return new LeaderElector(
        lock,
        new ElectionSettings(name, run, timings, ElectionSettings.LockKind.SHARED),
        ports,
        listeners);
  }

  private Ports ports() {
    KubernetesClient own = ownClient();
    ExecutorService requests =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "leasehold-requests");
              thread.setDaemon(true);
              return thread;
            });
    ListOptions selection =
        new ListOptionsBuilder().withFieldSelector("metadata.name=" + lock.name()).build();
    String namespace = lock.namespace();
    boolean isLease = lock.kind() == Lock.Kind.LEASE;
    LockStore store =
        isLease
            ? new LeaseStore(own, namespace, requests)
            : new ConfigMapStore(own, namespace, requests);
    LockFeed feed =
        isLease
            ? new LeaseFeed(own, namespace, selection, timings.retryPeriod())
            : new ConfigMapFeed(own, namespace, selection, timings.retryPeriod());
    return new Ports(
        store,
        feed,
        () -> {
          requests.shutdown();
          own.close();
        });
  }

  private KubernetesClient ownClient() {
    if (client != null) {
      return LeaseClient.like(client, requestTimeout());
    }
    try (KubernetesClient found = new KubernetesClientBuilder().build()) {
      return LeaseClient.like(found, requestTimeout());
    }
  }

  /** Half the deadline, so that a request that hangs leaves time for another. */
  private Duration requestTimeout() {
    return timings.renewDeadline().dividedBy(2);
  }

  private static String host() {
    String name = System.getenv("HOSTNAME");
    if (name != null && !name.isEmpty()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }
}
