package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves that the simulation can fail: it finds each of these bugs, and says how soon. */
final class PlantedBugsTest {

  @ParameterizedTest
  @EnumSource
  void isFound(PlantedBug bug) throws ReflectiveOperationException {
    try (Log log = Log.ofErrorsOnly()) {
      Method violation =
          bug.weaver()
              .loadClass(PlantedBug.class.getName())
              .getDeclaredMethod("violation", String.class, long.class);
      violation.setAccessible(true);
      String found = null;
      int schedules = 0;
      while (found == null && schedules < bug.bound()) {
        found = violation(violation, bug, schedules++);
      }
      assertThat(found).as("what %d schedules found of %s", schedules, bug).isNotNull();
      System.out.printf(
          "%s: found by schedule %d, %d errors logged: %s%n",
          bug, schedules, log.errors().size(), found);
    }
  }

  private static @Nullable String violation(Method violation, PlantedBug bug, long seed)
      throws ReflectiveOperationException {
    return (String) violation.invoke(null, bug.name(), seed);
  }
}
