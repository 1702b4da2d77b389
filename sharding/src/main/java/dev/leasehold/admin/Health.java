package dev.leasehold.admin;

import java.util.List;

/**
 * An answer to "are you well?", in words.
 *
 * @param complaints what is wrong, a sentence each; empty if nothing is
 */
public record Health(List<String> complaints) {

  /** Copies the list. */
  public Health {
    complaints = List.copyOf(complaints);
  }

  /** Whether nothing is wrong. */
  public boolean isGood() {
    return complaints.isEmpty();
  }

  String text() {
    return isGood() ? "ok\n" : String.join("\n", complaints) + "\n";
  }
}
