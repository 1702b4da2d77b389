package dev.leasehold.samples.cluster;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control plane that somebody else runs and that a kubeconfig leads to.
 *
 * <p>Its users without rights are service accounts {@code leasehold-<name>} in the namespace {@code
 * default}, with tokens for a day; {@link #close()} deletes them. Thread-safe.
 */
public final class ExternalControlPlane implements ControlPlane {

  private static final Logger log = LoggerFactory.getLogger(ExternalControlPlane.class);
  private static final String NAMESPACE = "default";
  private static final long TOKEN_SECONDS = 24 * 60 * 60;
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Path kubeconfig;
  private final KubernetesClient client;
  private final Optional<Path> kubectl;
  private final Runnable onClose;
  private final DataFolder folder;
  private final Map<String, Login> logins = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private ExternalControlPlane(
      Path kubeconfig, KubernetesClient client, Optional<Path> kubectl, Runnable onClose) {
    this.kubeconfig = kubeconfig;
    this.client = client;
    this.kubectl = kubectl;
    this.onClose = onClose;
    this.folder = DataFolder.create();
  }

  /**
   * Asks the cluster of a kubeconfig for its version, for at most 10 seconds.
   *
   * @param kubeconfig of a user who may do everything
   * @param environment whose PATH is searched for kubectl
   * @param onClose what to do once at the end; it must not throw
   * @return a control plane that answered
   * @throws ControlPlaneFault if the file makes no sense or nobody answers; {@code onClose} is then
   *     the caller's to run
   */
  public static ExternalControlPlane of(
      Path kubeconfig, Map<String, String> environment, Runnable onClose) {
    KubernetesClient client = client(kubeconfig);
    try {
      client.raw("/version");
    } catch (KubernetesClientException e) {
      client.close();
      throw new ControlPlaneFault(
          "the cluster of " + kubeconfig + " does not answer (" + rootMessage(e) + ")", e);
    }
    return new ExternalControlPlane(kubeconfig, client, onPath("kubectl", environment), onClose);
  }

  @Override
  public URI address() {
    return URI.create(client.getMasterUrl().toString());
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public Login login(String name) {
    return logins.computeIfAbsent(name, this::createLogin);
  }

  @Override
  public Optional<Path> kubectl() {
    return kubectl;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (client) {
      logins.keySet().forEach(this::deleteAccount);
    } finally {
      folder.remove();
      onClose.run();
    }
  }

  private Login createLogin(String name) {
    String account = account(name);
    ServiceAccount wanted =
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withName(account)
            .withNamespace(NAMESPACE)
            .endMetadata()
            .build();
    try {
      client.resource(wanted).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(TOKEN_SECONDS)
            .endSpec()
            .build();
    TokenRequest answer =
        client.serviceAccounts().inNamespace(NAMESPACE).withName(account).tokenRequest(request);
    Path file =
        new Kubeconfig(address(), authority(), answer.getStatus().getToken())
            .write(folder.file(name + ".kubeconfig"));
    return new Login("system:serviceaccount:" + NAMESPACE + ":" + account, file);
  }

  private void deleteAccount(String name) {
    try {
      client.serviceAccounts().inNamespace(NAMESPACE).withName(account(name)).delete();
    } catch (KubernetesClientException e) {
      log.warn("The service account {} is left behind: {}", account(name), rootMessage(e));
    }
  }

  private String authority() {
    Config config = client.getConfiguration();
    try {
      String file = config.getCaCertFile();
      if (file != null) {
        return Files.readString(Path.of(file));
      }
    } catch (IOException e) {
      throw new ControlPlaneFault("The certificates of " + kubeconfig + " can't be read: " + e, e);
    }
    String data = config.getCaCertData();
    return data == null
        ? ""
        : new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
  }

  private static KubernetesClient client(Path kubeconfig) {
    try {
      Config config = Config.fromKubeconfig(kubeconfig.toFile());
      config.setConnectionTimeout(TIMEOUT_MILLIS);
      config.setRequestTimeout(TIMEOUT_MILLIS);
      config.setRequestRetryBackoffLimit(0);
      return new KubernetesClientBuilder().withConfig(config).build();
    } catch (RuntimeException e) {
      throw new ControlPlaneFault(
          "the file " + kubeconfig + " is no kubeconfig (" + rootMessage(e) + ")", e);
    }
  }

  private static String account(String name) {
    return "leasehold-" + name;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static Optional<Path> onPath(String program, Map<String, String> environment) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
