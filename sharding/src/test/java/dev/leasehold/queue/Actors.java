package dev.leasehold.queue;

import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;

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
}
