package dev.leasehold.samples.cli;

import dev.leasehold.controller.Controller;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A sample, ready to run.
 *
 * @param controller what only the leader of a bucket does
 * @param pages what every replica serves over HTTP: texts by path
 */
record Sample(Controller<?> controller, Map<String, Supplier<String>> pages) {

  static Sample of(Controller<?> controller) {
    return new Sample(controller, Map.of());
  }
}
