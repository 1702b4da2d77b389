package dev.leasehold.samples.plain;

import dev.leasehold.election.TermView;
import dev.leasehold.elector.LeaderElectorBuilder;
import dev.leasehold.elector.LeaderGate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Waits until it leads, and then does its work step by step until it is asked to end. When it is
 * deposed the process exits, and whoever runs it starts it again, as a candidate.
 *
 * <p>Thread-safe.
 */
public final class LeadingProgram {

  private static final Duration BETWEEN_STEPS = Duration.ofSeconds(1);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile String state = "Waiting to lead.";

  /** What it does just now, in a sentence. */
  public String state() {
    return state;
  }

  /**
   * Campaigns, works, and returns when it was asked to end.
   *
   * @param elector the election
   * @param exit ends the process: {@code System::exit}
   * @throws InterruptedException if the thread is interrupted
   */
  public void run(LeaderElectorBuilder elector, IntConsumer exit) throws InterruptedException {
    try (LeaderGate gate = LeaderGate.open(elector)) {
      gate.onLost(stopped::countDown);
      gate.exitWhenLost(exit);
      Runtime.getRuntime().addShutdownHook(new Thread(gate::close, "leave"));
      work(gate.awaitLeadership());
    } catch (IllegalStateException closed) {
      // Asked to end before it ever led.
      state = "Left without having led.";
    }
  }

  private void work(TermView term) throws InterruptedException {
    long steps = 0;
    do {
      // The work of a leader: each step is short, and begins only while the term stands.
      steps++;
      state =
          "Leading under epoch %s, %d steps done."
              .formatted(Long.toUnsignedString(term.epoch()), steps);
    } while (term.isValid() && !stopped.await(BETWEEN_STEPS.toMillis(), TimeUnit.MILLISECONDS));
    state = "No longer leading.";
  }
}
