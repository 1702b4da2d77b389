package dev.leasehold.claim;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls listeners, whose failures are logged and change nothing. */
final class Told {

  private static final Logger log = LoggerFactory.getLogger(Told.class);

  private Told() {}

  static void to(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error broken) {
      log.error("A listener failed; nothing changes by that.", broken);
    }
  }
}
