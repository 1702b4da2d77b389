package dev.leasehold.samples.cli;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was thrown at the end of a log line: the first cause in brackets, so that an event
 * stays one line, or the whole stack trace if {@value #STACK_TRACES} is set in the logger context.
 */
public final class CauseConverter extends ThrowableProxyConverter {

  static final String STACK_TRACES = "leasehold.stacktraces";

  @Override
  public String convert(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown == null) {
      return "";
    }
    if (Boolean.parseBoolean(getContext().getProperty(STACK_TRACES))) {
      return System.lineSeparator() + super.convert(event);
    }
    IThrowableProxy root = thrown;
    while (root.getCause() != null && answerIn(root) == null) {
      root = root.getCause();
    }
    String answer = answerIn(root);
    if (answer != null) {
      return " (the API server says: %s)".formatted(answer);
    }
    String name = root.getClassName().substring(root.getClassName().lastIndexOf('.') + 1);
    String message = root.getMessage();
    return " (%s)"
        .formatted(message == null ? name : name + ": " + message.replaceAll("\\s*\\R\\s*", " "));
  }

  /** What the API server said, without the client's long words around it. */
  private static @Nullable String answerIn(IThrowableProxy thrown) {
    return thrown instanceof ThrowableProxy known
            && known.getThrowable() instanceof KubernetesClientException answer
            && answer.getStatus() != null
        ? answer.getStatus().getMessage()
        : null;
  }
}
