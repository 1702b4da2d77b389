package dev.leasehold.controller;

import dev.leasehold.lock.Shown;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may be logged of an exception without showing what is in an object.
 *
 * <p>An API server that refuses a write quotes what it refuses: {@code spec.password: Invalid
 * value: "..."}. So of a refusal only its code, its reason and the fields that it names are logged,
 * with the place where it was met. Answers about rights, names and versions quote nothing, and
 * people need their words.
 */
final class Loggable {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int LONGEST = 300;

  private static final Set<Integer> QUOTES_NOTHING =
      Set.of(
          HttpURLConnection.HTTP_UNAUTHORIZED,
          HttpURLConnection.HTTP_FORBIDDEN,
          HttpURLConnection.HTTP_NOT_FOUND,
          HttpURLConnection.HTTP_CONFLICT,
          HttpURLConnection.HTTP_GONE,
          TOO_MANY_REQUESTS);

  private Loggable() {}

  /** An answer of the API server without its words. */
  private static final class ApiRefusal extends Exception {

    private static final long serialVersionUID = 1;

    ApiRefusal(String what, StackTraceElement[] where) {
      super(what, null, false, true);
      setStackTrace(where);
    }
  }

  /** The exception itself, or one in its place if it may quote an object. */
  static @Nullable Throwable of(@Nullable Throwable thrown) {
    KubernetesClientException refusal = refusalIn(thrown);
    if (thrown == null || refusal == null || QUOTES_NOTHING.contains(refusal.getCode())) {
      return thrown;
    }
    return new ApiRefusal(Shown.text(whatOf(refusal), LONGEST), thrown.getStackTrace());
  }

  private static @Nullable KubernetesClientException refusalIn(@Nullable Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof KubernetesClientException refusal && refusal.getCode() > 0) {
        return refusal;
      }
    }
    return null;
  }

  private static String whatOf(KubernetesClientException refusal) {
    Status status = refusal.getStatus();
    String reason = status == null || status.getReason() == null ? "" : " " + status.getReason();
    String fields = status == null ? "" : fieldsOf(status);
    return "the API server answered %d%s%s; in its own words at the level debug"
        .formatted(refusal.getCode(), reason, fields);
  }

  private static String fieldsOf(Status status) {
    List<StatusCause> causes =
        status.getDetails() == null ? List.of() : status.getDetails().getCauses();
    return causes.stream()
        .map(cause -> "%s (%s)".formatted(cause.getField(), cause.getReason()))
        .collect(Collectors.joining(", ", causes.isEmpty() ? "" : ": ", ""));
  }
}
