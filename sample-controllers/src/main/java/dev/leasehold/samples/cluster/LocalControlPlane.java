package dev.leasehold.samples.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One etcd and one kube-apiserver on loopback, as processes of this machine.
 *
 * <p>All files, the data too, are in a private temporary folder. Addresses, tokens and certificate
 * stay the same until the end, so that every fault of {@link #apiServer()} and {@link #etcd()} is
 * for clients what it would be in a cluster. It runs no controllers, so it collects no garbage, and
 * a namespace that is deleted stays.
 *
 * <p>Thread-safe. The processes end with {@link #close()}, or else right after the JVM.
 */
public final class LocalControlPlane implements ControlPlane {

  private final Programs programs;
  private final DataFolder folder;
  private final Lifeline lifeline;
  private final URI address;
  private final Map<String, Path> kubeconfigs;
  private final Secrets secrets;
  private final ServerProcess etcd;
  private final ServerProcess apiServer;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Made when the server has made its certificate; one thread at a time asks for readiness. */
  private volatile @Nullable KubernetesClient probe;

  private LocalControlPlane(Programs programs, DataFolder folder, List<Integer> ports) {
    this.programs = programs;
    this.folder = folder;
    this.secrets = Secrets.create();
    this.kubeconfigs =
        secrets.tokens().keySet().stream()
            .collect(Collectors.toMap(user -> user, user -> folder.file(user + ".kubeconfig")));
    this.address = loopback("https", ports.get(0));
    URI etcdAddress = loopback("http", ports.get(1));
    ServerCommands commands =
        new ServerCommands(
            programs, folder, etcdAddress, loopback("http", ports.get(2)), this.address);
    folder.write(ServerCommands.TOKENS, secrets.tokenFile());
    folder.write(ServerCommands.SERVICE_ACCOUNT_KEY, Secrets.serviceAccountKey());
    this.etcd =
        new ServerProcess("etcd", commands.ofEtcd(), folder, () -> Readiness.ofEtcd(etcdAddress));
    this.apiServer =
        new ServerProcess("kube-apiserver", commands.ofApiServer(), folder, this::isReady);
    this.lifeline = Lifeline.arm(folder);
  }

  /**
   * Starts both servers and waits until the API server is ready: about 5 seconds.
   *
   * @param programs what to run; all of them there and executable
   * @return a control plane to be closed by the caller
   * @throws ControlPlaneFault if a server doesn't start; nothing is left behind then, and the
   *     message holds the end of its log
   */
  public static LocalControlPlane start(Programs programs) {
    LocalControlPlane plane = prepare(programs);
    try {
      plane.etcd.start();
      plane.apiServer.start();
      return plane;
    } catch (RuntimeException | Error e) {
      plane.close();
      throw e;
    }
  }

  private static LocalControlPlane prepare(Programs programs) {
    DataFolder folder = DataFolder.create();
    try {
      return new LocalControlPlane(programs, folder, Ports.free(3, new Random()));
    } catch (ControlPlaneFault e) {
      folder.remove();
      throw e;
    }
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Path kubeconfig() {
    return kubeconfigFor(Secrets.ADMIN);
  }

  /**
   * {@inheritDoc}
   *
   * @param name {@code restricted-1} to {@code restricted-9}, who are in no group, or {@code admin}
   */
  @Override
  public Login login(String name) {
    Path kubeconfig = kubeconfigs.get(name);
    if (kubeconfig == null) {
      throw new IllegalArgumentException(
          "A local control plane has no user " + name + "; it has restricted-1 to restricted-9.");
    }
    return new Login(name, kubeconfig);
  }

  @Override
  public Optional<Path> kubectl() {
    return programs.kubectl();
  }

  /** What runs here, to start another one like it. */
  public Programs programs() {
    return programs;
  }

  /** The API server's process, ready when its {@code /readyz} says so, which includes etcd. */
  public ServerProcess apiServer() {
    return apiServer;
  }

  /** The store's process, ready when it answers linearizable reads. */
  public ServerProcess etcd() {
    return etcd;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    lifeline.disarm();
    try {
      apiServer.close();
    } finally {
      try {
        etcd.close();
      } finally {
        KubernetesClient client = probe;
        if (client != null) {
          client.close();
        }
        folder.remove();
      }
    }
  }

  private boolean isReady() {
    KubernetesClient client = probe;
    if (client == null) {
      Path certificates = folder.file(ServerCommands.CERTIFICATES);
      if (!Files.exists(certificates.resolve("apiserver.key"))) {
        return false;
      }
      // The server writes its key after its certificate, so that is complete now.
      writeKubeconfigs(folder.read(ServerCommands.CERTIFICATES + "/apiserver.crt"));
      client = Readiness.impatientClient(kubeconfig());
      probe = client;
    }
    return Readiness.ofApiServer(client);
  }

  private void writeKubeconfigs(String authority) {
    secrets
        .tokens()
        .forEach(
            (user, token) ->
                new Kubeconfig(address, authority, token).write(login(user).kubeconfig()));
  }

  private static URI loopback(String scheme, int port) {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }
}
