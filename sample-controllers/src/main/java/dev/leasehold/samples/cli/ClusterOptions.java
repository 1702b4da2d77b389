package dev.leasehold.samples.cli;

import dev.leasehold.lock.LeaseClient;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which cluster a command is for. To be mixed into a command with picocli's {@code @Mixin}.
 *
 * <p>Used by one thread.
 */
public final class ClusterOptions {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "How to reach the cluster. Default: $KUBECONFIG, ~/.kube/config, or the pod's own service account.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Which of the kubeconfig's contexts to use. Default: its current one.")
  private @Nullable String context;

  /**
   * A client for the cluster, to be closed by the caller. Nothing is sent yet. It doesn't repeat
   * failed requests, since all that send them do.
   *
   * @throws CommandFailure if the kubeconfig isn't there, can't be read or lacks the context
   */
  public KubernetesClient connect() {
    Config config =
        new ConfigBuilder(load())
            .withRequestRetryBackoffLimit(0)
            .withConnectionTimeout((int) PATIENCE.toMillis())
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(LeaseClient.serialization())
        .build();
  }

  private Config load() {
    Path file = kubeconfig;
    if (file == null) {
      checkDefaultFiles(System.getenv("KUBECONFIG"));
      return checked(Config.autoConfigure(context), "kubeconfig");
    }
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(
          "There is no kubeconfig %s: check the path given with --kubeconfig.".formatted(file),
          null);
    }
    Config config;
    try {
      config = Config.fromKubeconfig(context, file.toFile());
    } catch (RuntimeException unreadable) {
      throw new CommandFailure("%s is no kubeconfig that can be read.".formatted(file), unreadable);
    }
    checked(config, "kubeconfig " + file);
    if (config.getCurrentContext() == null) {
      throw new CommandFailure(
          "The kubeconfig %s has no current context: name one with --context.".formatted(file),
          null);
    }
    return config;
  }

  /** Refuses an unknown context, which the client would take for none. */
  private Config checked(Config config, String source) {
    String wanted = context;
    List<NamedContext> contexts = config.getContexts() == null ? List.of() : config.getContexts();
    List<String> known = contexts.stream().map(NamedContext::getName).toList();
    if (wanted != null && !known.contains(wanted)) {
      throw new CommandFailure(
          "The %s has no context '%s'; it has %s."
              .formatted(source, wanted, known.isEmpty() ? "none" : String.join(", ", known)),
          null);
    }
    return config;
  }

  private static void checkDefaultFiles(@Nullable String named) {
    Collection<String> files = Config.getKubeconfigFilenames();
    boolean found = files.stream().map(File::new).anyMatch(File::isFile);
    if (named != null && !named.isBlank() && !found) {
      throw new CommandFailure(
          "There is no kubeconfig %s: check the environment variable KUBECONFIG."
              .formatted(String.join(", ", files)),
          null);
    }
  }
}
