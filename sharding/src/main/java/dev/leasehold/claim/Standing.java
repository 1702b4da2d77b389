package dev.leasehold.claim;

/** How a claim's holder stands, as far as this replica can see. */
enum Standing {
  /** Renews, or may still be waiting out what was seen of it: its claims are to be respected. */
  RESPECTED,
  /** Its last version has been waited out: it may be fenced, and until then its claims stand. */
  LAPSED,
  /** Fenced, or gone for longer than its term could reach: its claims may be taken. */
  DEAD
}
