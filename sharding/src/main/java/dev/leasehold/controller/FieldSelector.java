package dev.leasehold.controller;

import java.util.Map;
import java.util.TreeMap;

/**
 * A field selector, taken apart as the client wants it.
 *
 * @param with fields and the values they must have
 * @param without fields and the values they must not have
 */
record FieldSelector(Map<String, String> with, Map<String, String> without) {

  /** The field that every API server can select any type by, beside the namespace. */
  static final String NAME = "metadata.name";

  static final FieldSelector NONE = new FieldSelector(Map.of(), Map.of());

  FieldSelector {
    with = Map.copyOf(with);
    without = Map.copyOf(without);
  }

  /** Whether a resource of that name may be among the selected. */
  boolean allowsName(String name) {
    return with.getOrDefault(NAME, name).equals(name) && !name.equals(without.get(NAME));
  }

  /**
   * Reads {@code a=b}, {@code a==b} and {@code a!=b}, separated by commas.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static FieldSelector parse(String selector) {
    Map<String, String> with = new TreeMap<>();
    Map<String, String> without = new TreeMap<>();
    for (String term : selector.split(",", -1)) {
      int equals = term.indexOf('=');
      boolean isNot = equals > 0 && term.charAt(equals - 1) == '!';
      String field = equals < 0 ? "" : term.substring(0, isNot ? equals - 1 : equals).strip();
      if (field.isEmpty()) {
        throw new IllegalArgumentException(
            "'%s' is no field selector; write field=value or field!=value, separated by commas."
                .formatted(selector));
      }
      int value = term.startsWith("==", equals) ? equals + 2 : equals + 1;
      (isNot ? without : with).put(field, term.substring(value).strip());
    }
    return new FieldSelector(with, without);
  }
}
