package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;

/**
 * A bucket that is open in a process, from its opening to its closing.
 *
 * @param process where
 * @param bucket which
 * @param term under which its keys are dispatched
 * @param epoch the term's epoch when it was opened
 */
record Gate(SimulatedProcess process, Bucket bucket, TermView term, long epoch) {

  @Override
  public String toString() {
    return "%s on %s under %s@%s"
        .formatted(bucket, process.name, term.identity(), Long.toUnsignedString(epoch));
  }
}
