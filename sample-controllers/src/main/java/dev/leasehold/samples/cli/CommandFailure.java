package dev.leasehold.samples.cli;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A command can't do its work as things are. The message is one sentence for whoever runs it; the
 * exit code is 1.
 */
public final class CommandFailure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * A failure in words.
   *
   * @param sentence what is wrong, and what to do
   * @param cause what told so, if something did
   */
  public CommandFailure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
