package dev.leasehold.samples.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Where the demo takes place. Used by one thread, except that any thread may close it. */
interface DemoCluster extends AutoCloseable {

  /** What it is, in a few words. */
  String words();

  /** A client for it, open as long as the cluster. */
  KubernetesClient client();

  /** Where pages and Leases are; it exists. */
  String namespace();

  /** The options by which a replica's process finds it. */
  List<String> replicaOptions();

  /** Removes what the demo made there, and ends what was started for it. */
  @Override
  void close();
}
