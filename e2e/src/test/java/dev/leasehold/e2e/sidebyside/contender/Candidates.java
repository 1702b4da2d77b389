package dev.leasehold.e2e.sidebyside.contender;

/**
 * One elector for each of several locks, by one library. It says {@code leading} and the lock as
 * the first thing that it does as a leader. Thread-safe.
 */
interface Candidates {

  /** Begins to campaign for a lock; returns at once. */
  void join(String lock);

  /** Stops campaigning and leading, as that library's users would. May block. */
  void stop(String lock);

  /** Those of a library, by its name. */
  static Candidates of(Arguments arguments, Voice voice) throws Exception {
    String kind = arguments.text("kind");
    return switch (kind) {
      case "leasehold" -> new LeaseholdCandidates(arguments, voice);
      case "fabric8" -> new Fabric8Candidates(arguments, voice, false);
      case "fabric8-release" -> new Fabric8Candidates(arguments, voice, true);
      case "client-java" -> new ClientJavaCandidates(arguments, voice);
      default -> throw new IllegalArgumentException("No electors are called " + kind + ".");
    };
  }
}
