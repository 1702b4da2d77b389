package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one informer looks at.
 *
 * @param type the resource type
 * @param namespace one namespace; empty for all of them, and for a cluster-scoped type
 * @param labels a label selector; empty for all
 * @param fields a field selector
 */
record TypeScope<T extends HasMetadata>(
    ResourceType<T> type, String namespace, String labels, FieldSelector fields) {

  /** The scopes that cover a source in some namespaces, or in all if there are none. */
  static <T extends HasMetadata> List<TypeScope<T>> of(Source<T> source, Set<String> namespaces) {
    Set<String> scopes =
        namespaces.isEmpty() || !source.type().namespaced() ? Set.of("") : namespaces;
    return scopes.stream()
        .sorted()
        .map(name -> new TypeScope<>(source.type(), name, source.labels(), source.fields()))
        .toList();
  }

  /** A new informer of this, not started, without resyncs of its own. */
  SharedIndexInformer<T> informer(KubernetesClient client) {
    return selected(client).runnableInformer(0);
  }

  /**
   * The resource of a name as the API server has it now, if it is in this scope. It is listed
   * rather than got, because whoever watches may list; an API server reads no more for it.
   */
  Optional<T> find(KubernetesClient client, String name) {
    if (!fields.allowsName(name)) {
      return Optional.empty();
    }
    return selected(client).withField(FieldSelector.NAME, name).list().getItems().stream()
        .findFirst();
  }

  private FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> selected(
      KubernetesClient client) {
    FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> all =
        type.in(client, namespace);
    if (!labels.isEmpty()) {
      all = all.withLabelSelector(labels);
    }
    all = all.withFields(fields.with());
    for (Map.Entry<String, String> unwanted : fields.without().entrySet()) {
      all = all.withoutField(unwanted.getKey(), unwanted.getValue());
    }
    return all;
  }

  /** Lists at most one of this, once; throws why that can't be done. */
  void listOne(KubernetesClient client) {
    type.in(Writes.once(client), namespace).list(new ListOptionsBuilder().withLimit(1L).build());
  }

  /** Whether the API server has understood the request and said no. */
  static boolean isRefusal(Throwable cause) {
    return switch (codeOf(cause)) {
      case HttpURLConnection.HTTP_BAD_REQUEST,
          HttpURLConnection.HTTP_UNAUTHORIZED,
          HttpURLConnection.HTTP_FORBIDDEN,
          HttpURLConnection.HTTP_NOT_FOUND ->
          true;
      default -> false;
    };
  }

  /** Says in a sentence why listing or watching has failed, and what to do. */
  StartFailure explain(Throwable cause) {
    String sentence =
        switch (codeOf(cause)) {
          case HttpURLConnection.HTTP_NOT_FOUND ->
              "The resource type %s (%s) isn't served by this API server: install its CRD, or check the version."
                  .formatted(type, type.apiVersion());
          case HttpURLConnection.HTTP_FORBIDDEN ->
              "This account may not list and watch %s: grant it both verbs on the resource (the API server says: %s)."
                  .formatted(this, messageOf(cause));
          case HttpURLConnection.HTTP_UNAUTHORIZED ->
              "The API server doesn't accept these credentials for %s: check the kubeconfig or the service account's token."
                  .formatted(this);
          default -> "Can't list and watch %s: %s.".formatted(this, messageOf(cause));
        };
    return new StartFailure(sentence, cause);
  }

  private static int codeOf(Throwable cause) {
    KubernetesClientException answer = answerIn(cause);
    return answer == null ? 0 : answer.getCode();
  }

  private static String messageOf(Throwable cause) {
    KubernetesClientException answer = answerIn(cause);
    if (answer == null) {
      return cause.toString();
    }
    Status status = answer.getStatus();
    String said = status == null ? null : status.getMessage();
    String message = String.valueOf(said == null ? answer.getMessage() : said);
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /** Failures come wrapped, differently for lists and watches. */
  private static @Nullable KubernetesClientException answerIn(Throwable cause) {
    KubernetesClientException found = null;
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof KubernetesClientException answer
          && (found == null || answer.getCode() != 0)) {
        found = answer;
      }
    }
    return found;
  }

  /** Such as {@code configmaps in namespace default}. */
  @Override
  public String toString() {
    return type + (namespace.isEmpty() ? " in the whole cluster" : " in namespace " + namespace);
  }
}
