package dev.leasehold.e2e.benchmark;

import java.util.stream.IntStream;

/** Names such as resources have. */
final class Keys {

  private Keys() {}

  static String[] of(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> "namespace-%d/resource-%d".formatted(number % 10, number))
        .toArray(String[]::new);
  }
}
