package dev.leasehold.controller;

import java.io.Serial;

/**
 * A controller can't work as things are. The message is one sentence for whoever runs it: what is
 * wrong, and what to do.
 *
 * <p>The controller goes on trying, so a caller may report this and wait, or give up; unless it
 * can't even begin its work, as the sentence says then.
 */
public final class StartFailure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
