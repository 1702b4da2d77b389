package dev.leasehold.member;

import java.util.Locale;

/** What a member says it is up to. */
public enum MemberState {
  /** Has joined, and is not able to work yet: its caches are being filled. */
  STARTING,
  /** Takes buckets. */
  READY,
  /** Gives all its buckets away and takes none. */
  DRAINING;

  /** The state as the annotation has it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of that name; {@link #STARTING} for anything else, so that damage attracts no work.
   */
  static MemberState of(String text) {
    for (MemberState state : values()) {
      if (state.text().equals(text)) {
        return state;
      }
    }
    return STARTING;
  }
}
