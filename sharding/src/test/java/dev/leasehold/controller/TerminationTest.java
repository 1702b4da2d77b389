package dev.leasehold.controller;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** With real signals, which this very process sends to itself; a second one would end it. */
final class TerminationTest {

  /** A shell that starts a job in the background has it ignore INT, but never TERM. */
  private static final String SIGNAL = "TERM";

  private final AtomicInteger before = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  @Test
  void onceItIsClosedSignalsDoWhatTheyDidBefore() throws Exception {
    Signals.Handling own = Signals.handle(SIGNAL, before::incrementAndGet);
    try (Termination termination = Termination.listen(requests::incrementAndGet)) {
      raise();
      await().until(() -> requests.get() == 1 && termination.isRequested());
    }
    raise();
    await().until(() -> before.get() == 1);
    own.end();
  }

  private static void raise() throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    type.getMethod("raise", type)
        .invoke(null, type.getConstructor(String.class).newInstance(SIGNAL));
  }
}
