package dev.leasehold.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps buckets from dancing: says which candidates a plan counts on, and when buckets that are led
 * may be moved to follow it.
 *
 * <p>A plan is followed at once where nobody leads. Where somebody does, it waits for the settling
 * time without a candidate coming or going, so that a slow start of many or a rollout ends in one
 * set of moves instead of one for each replica. A stream of changes that never ends holds it up for
 * {@value #MOST_UNREST} settling times at the most, then it is followed for one.
 *
 * <p>A replica that flaps, one of whose host several lives in a row were short, is counted on only
 * after it has stayed for a while, twice as long for each short life more, unless all the others
 * flap as well or nobody else runs what it runs. So what it loses each time stays where it went.
 * Each replica remembers what it saw itself; a new one has no such memory, and the Leases decide.
 *
 * <p>Deterministic; reads no clock. Not thread-safe; confined to the election loop.
 */
final class Calm {

  /** How many settling times a stream of changes may hold moves up. */
  static final int MOST_UNREST = 30;

  /** A life of fewer settling times than this is short. */
  static final int SHORT_LIFE = 30;

  /** A host that flaps is waited for 2, 4, ... and at most 32 settling times. */
  private static final int MOST_DOUBLINGS = 5;

  private static final int MOST_HOSTS = 1000;

  /**
   * A candidate with the host that it lives on.
   *
   * @param candidate what it can run
   * @param host the part of its identity that its next life will share
   */
  record Peer(Candidate candidate, String host) {

    String uid() {
      return candidate.uid();
    }
  }

  private record Life(String host, long sinceNanos) {}

  private final long settlingNanos;
  private final Map<String, Life> present = new LinkedHashMap<>();

  /** By host: how many short lives in a row it had. */
  private final Map<String, Integer> shortLives = new LinkedHashMap<>();

  /** Those that plans count on; whoever is counted on once is so for life. */
  private Set<String> counted = Set.of();

  private long changedNanos;
  private long unrestNanos;
  private long probationEndsNanos = Long.MAX_VALUE;

  /**
   * Nobody is known yet.
   *
   * @param settling zero for no calm at all: every plan is followed at once
   * @param nanos the present time
   */
  Calm(Duration settling, long nanos) {
    this.settlingNanos = settling.toNanos();
    this.changedNanos = nanos;
    this.unrestNanos = nanos;
  }

  /** Takes in who the candidates are; returns those to plan with. */
  List<Candidate> countOn(Collection<Peer> peers, long nanos) {
    endLives(peers, nanos);
    peers.forEach(peer -> present.putIfAbsent(peer.uid(), new Life(peer.host(), nanos)));
    Set<String> steady = settlingNanos == 0 ? uids(peers) : steady(peers, nanos);
    if (!steady.equals(counted)) {
      if (isQuiet(nanos)) {
        unrestNanos = nanos;
      }
      changedNanos = nanos;
      counted = steady;
    }
    return peers.stream().filter(p -> steady.contains(p.uid())).map(Peer::candidate).toList();
  }

  /** Whether a bucket that is led may be moved. */
  boolean allowsMoves(long nanos) {
    return isQuiet(nanos)
        || (nanos - unrestNanos) / settlingNanos % (MOST_UNREST + 1) == MOST_UNREST;
  }

  /**
   * When to ask again though nothing happens; {@link Long#MAX_VALUE} for never. Until then the
   * answers stay the same.
   */
  long wakeAt(long nanos) {
    return isQuiet(nanos)
        ? probationEndsNanos
        : Agenda.sooner(probationEndsNanos, changedNanos + settlingNanos);
  }

  /** Whether the candidate came at or after that time. */
  boolean cameSince(String uid, long nanos) {
    Life life = present.get(uid);
    return life != null && life.sinceNanos() - nanos >= 0;
  }

  private boolean isQuiet(long nanos) {
    return nanos - changedNanos >= settlingNanos;
  }

  private void endLives(Collection<Peer> peers, long nanos) {
    Set<String> uids = uids(peers);
    for (Map.Entry<String, Life> each : List.copyOf(present.entrySet())) {
      if (!uids.contains(each.getKey())) {
        Life over = each.getValue();
        present.remove(each.getKey());
        if (nanos - over.sinceNanos() < SHORT_LIFE * settlingNanos) {
          remember(over.host());
        } else {
          shortLives.remove(over.host());
        }
      }
    }
  }

  private void remember(String host) {
    // Put last again, so that those which have not flapped for longest are forgotten first.
    Integer before = shortLives.remove(host);
    shortLives.put(host, before == null ? 1 : before + 1);
    if (shortLives.size() > MOST_HOSTS) {
      shortLives.remove(shortLives.keySet().iterator().next());
    }
  }

  private Set<String> steady(Collection<Peer> peers, long nanos) {
    int fewest = peers.stream().mapToInt(this::shortLivesOf).min().orElse(0);
    probationEndsNanos = Long.MAX_VALUE;
    Set<String> steady = new HashSet<>();
    List<Peer> others = new ArrayList<>();
    for (Peer peer : peers) {
      long ends = sinceNanos(peer) + patienceNanos(shortLivesOf(peer) - fewest);
      if (counted.contains(peer.uid()) || nanos - ends >= 0) {
        steady.add(peer.uid());
      } else {
        others.add(peer);
        probationEndsNanos = Agenda.sooner(probationEndsNanos, ends);
      }
    }
    // Better one that flaps than nobody.
    Set<Map.Entry<String, Integer>> run =
        peers.stream()
            .filter(peer -> steady.contains(peer.uid()))
            .flatMap(peer -> peer.candidate().controllers().entrySet().stream())
            .collect(Collectors.toSet());
    for (Peer other : others) {
      if (!run.containsAll(other.candidate().controllers().entrySet())) {
        steady.add(other.uid());
      }
    }
    return steady;
  }

  private int shortLivesOf(Peer peer) {
    return shortLives.getOrDefault(peer.host(), 0);
  }

  private long sinceNanos(Peer peer) {
    Life life = present.get(peer.uid());
    return life == null ? changedNanos : life.sinceNanos();
  }

  /** The first short life is no flapping yet: a container that is restarted once, say. */
  private long patienceNanos(int moreShortLives) {
    return moreShortLives < 2 ? 0 : settlingNanos << Math.min(moreShortLives - 1, MOST_DOUBLINGS);
  }

  private static Set<String> uids(Collection<Peer> peers) {
    return peers.stream().map(Peer::uid).collect(Collectors.toSet());
  }
}
