package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.Finding;
import java.util.List;

/**
 * A rule and what breaks it.
 *
 * @param claim a sentence without its full stop, true if nothing is found
 * @param findings what is wrong
 */
public record Ruling(String claim, List<Finding> findings) {

  /** Copies the list, without repetitions. */
  public Ruling {
    findings = findings.stream().distinct().toList();
  }

  /** Whether the claim is true. */
  public boolean holds() {
    return findings.isEmpty();
  }
}
