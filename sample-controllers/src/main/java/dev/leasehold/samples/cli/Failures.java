package dev.leasehold.samples.cli;

import dev.leasehold.controller.DeposedException;
import dev.leasehold.controller.StartFailure;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into one sentence on stderr and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final SamplesCommand root;

  Failures(SamplesCommand root) {
    this.root = root;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    report(command.getErr(), sentence(failure), failure);
    return ExitCode.SOFTWARE;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    PrintWriter err = wrong.getCommandLine().getErr();
    report(err, ended(String.valueOf(wrong.getMessage())), wrong);
    UnmatchedArgumentException.printSuggestions(wrong, err);
    return ExitCode.USAGE;
  }

  private void report(PrintWriter err, String sentence, Exception failure) {
    err.println(sentence);
    if (root.wantsStackTraces()) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  private static String sentence(Exception failure) {
    if (failure instanceof CommandFailure
        || failure instanceof StartFailure
        || failure instanceof DeposedException
        || failure instanceof UncheckedIOException) {
      return ended(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof KubernetesClientException answer) {
      return sentence(answer);
    }
    if (failure instanceof InterruptedException) {
      return "The command was interrupted.";
    }
    return "This should not have happened (%s); --stacktrace shows where.".formatted(failure);
  }

  /** A sentence about what the API server has answered, or that it hasn't. */
  static String sentence(KubernetesClientException answer) {
    return switch (answer.getCode()) {
      case 0, -1 ->
          "The API server can't be reached (%s): check the address and that it runs."
              .formatted(rootOf(answer));
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "The API server doesn't accept these credentials: check the kubeconfig or the service account's token.";
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "This account is not allowed to do that; the API server says: %s"
              .formatted(ended(said(answer)));
      default -> "The API server says: %s".formatted(ended(said(answer)));
    };
  }

  private static String said(KubernetesClientException answer) {
    Status status = answer.getStatus();
    String message = status == null ? null : status.getMessage();
    return String.valueOf(message == null ? answer.getMessage() : message);
  }

  private static String rootOf(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at.getMessage() == null ? at.toString() : at.getMessage();
  }

  private static String ended(String message) {
    return message.endsWith(".") ? message : message + ".";
  }
}
