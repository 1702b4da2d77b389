package dev.leasehold.samples.demo.check;

import java.util.List;

/**
 * A claim and what speaks against it.
 *
 * @param claim a sentence without its full stop, true if nothing is wrong
 * @param wrong what is wrong, a sentence each
 */
public record Verdict(String claim, List<String> wrong) {

  /** Copies the list. */
  public Verdict {
    wrong = List.copyOf(wrong);
  }

  /** Whether the claim is true. */
  public boolean holds() {
    return wrong.isEmpty();
  }
}
