package dev.leasehold.e2e.sidebyside;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong. The rest is measured all the same, since it may have taken long to get there;
 * the whole fails in the end. Used by one thread.
 */
final class Failures {

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private final List<Throwable> all = new ArrayList<>();

  /** Something that may go wrong. */
  interface Attempt {

    /** Does it. */
    void run() throws Exception;
  }

  /**
   * Does it, and notes if it fails.
   *
   * @param chapter where that is noted
   * @param what what has failed then
   * @return whether it did not
   */
  boolean attempt(Report.Chapter chapter, String what, Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Whoever asked for the figures gave up.", stopped);
    } catch (Exception | AssertionError failure) {
      log.error("{} failed.", what, failure);
      String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
      chapter.note("**Failed:** %s: %s".formatted(what, reason));
      all.add(failure);
      return false;
    }
  }

  /** Fails, if anything has. */
  void throwIfAny() {
    if (!all.isEmpty()) {
      AssertionError failed =
          new AssertionError("%d of the measures failed.".formatted(all.size()));
      all.forEach(failed::addSuppressed);
      throw failed;
    }
  }
}
