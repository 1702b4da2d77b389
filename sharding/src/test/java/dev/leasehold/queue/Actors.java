package dev.leasehold.queue;

import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;

/** Steps of histories for Lincheck that are thought out instead of made up at random. */
final class Actors {

  private Actors() {}

  /** A call of one of a test's operations. */
  static Actor call(Class<?> test, String operation, Object... arguments) {
    return Arrays.stream(test.getMethods())
        .filter(method -> method.getName().equals(operation))
        .map(method -> new Actor(method, List.of(arguments)))
        .findFirst()
        .orElseThrow();
  }

  /** A key that is added again while it runs, for a test that can add, poll and end runs. */
  static ExecutionScenario aKeyIsAddedWhileItRuns(Class<?> test) {
    return new ExecutionScenario(
        List.of(call(test, "add", 0), call(test, "poll", 0)),
        List.of(
            List.of(call(test, "done", 0), call(test, "poll", 0)),
            List.of(call(test, "add", 0), call(test, "poll", 1))),
        List.of(),
        null);
  }
}
