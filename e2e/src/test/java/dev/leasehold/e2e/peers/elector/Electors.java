package dev.leasehold.e2e.peers.elector;

import dev.leasehold.election.Timings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Electors of one library, all of them by one client. Thread-safe. */
public interface Electors {

  /** What an elector tells; called by its library's threads. */
  interface Listener {

    /**
     * It leads.
     *
     * @param permitted whether it still does, as far as the library can say; always true otherwise
     */
    void leads(BooleanSupplier permitted);

    /** It leads no more; may be told twice. */
    void ceases();

    /** It has seen who leads. */
    void knows(String leader);
  }

  /** One elector's campaign for one lock. */
  interface Campaign {

    /** Stops campaigning and leading, as that library's users would. May block. */
    void stop();
  }

  /**
   * Where and how to elect.
   *
   * @param kubeconfig the way to the API server
   * @param namespace where the Leases are
   * @param timings the periods
   */
  record Setting(Path kubeconfig, String namespace, Timings timings) {

    /** A client as anybody would make it. */
    KubernetesClient client() {
      Config config = Config.fromKubeconfig(kubeconfig.toFile());
      config.setNamespace(namespace);
      return new KubernetesClientBuilder().withConfig(config).build();
    }
  }

  /** Campaigns for a lock, again after each loss, until it is stopped. Returns at once. */
  Campaign join(String lock, String identity, Listener listener);

  /** Those of a library, by its name. */
  static Electors of(String library, Setting setting) throws Exception {
    return switch (library) {
      case "leasehold" -> new LeaseholdElectors(setting);
      case "fabric8" -> new Fabric8Electors(setting, false);
      case "fabric8-release" -> new Fabric8Electors(setting, true);
      case "client-java" -> new ClientJavaElectors(setting);
      default -> throw new IllegalArgumentException("No electors are called " + library + ".");
    };
  }
}
