package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an episode cost.
 *
 * @param episode the episode
 * @param longestUnled the longest time that nobody led some bucket
 * @param slowestChange the longest time that a change waited for a leader that could act
 * @param violations what broke a rule in it
 */
public record Cost(
    Episode episode, Duration longestUnled, Duration slowestChange, List<Finding> violations) {

  /**
   * The cost of each episode.
   *
   * @param evidence what happened
   * @param findings all that is wrong
   */
  public static List<Cost> of(Evidence evidence, List<Finding> findings) {
    List<Episode> episodes = evidence.episodes();
    Map<Episode, Duration> unled = new HashMap<>();
    for (Unled one : Unled.of(evidence)) {
      longest(unled, Episode.at(one.fromNanos(), episodes), one.length());
    }
    Map<Episode, Duration> waited = new HashMap<>();
    for (Wait wait : Wait.of(evidence)) {
      longest(waited, Episode.at(wait.change().sentNanos(), episodes), wait.length());
    }
    Map<Episode, List<Finding>> violations = new HashMap<>();
    for (Finding finding : findings) {
      Episode.at(finding.atNanos(), episodes)
          .ifPresent(
              episode ->
                  violations.computeIfAbsent(episode, key -> new ArrayList<>()).add(finding));
    }
    return episodes.stream()
        .map(
            episode ->
                new Cost(
                    episode,
                    unled.getOrDefault(episode, Duration.ZERO),
                    waited.getOrDefault(episode, Duration.ZERO),
                    violations.getOrDefault(episode, List.of())))
        .toList();
  }

  private static void longest(
      Map<Episode, Duration> longest, Optional<Episode> where, Duration length) {
    where.ifPresent(
        episode ->
            longest.merge(
                episode, length, (one, other) -> one.compareTo(other) >= 0 ? one : other));
  }
}
