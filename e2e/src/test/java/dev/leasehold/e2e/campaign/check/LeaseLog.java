package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.BucketId;
import dev.leasehold.samples.demo.check.Finding;
import dev.leasehold.samples.demo.check.LedSpan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All versions of the buckets' Leases that a watch showed.
 *
 * @param versions in any order
 * @param gaps what the watch can't have shown
 */
public record LeaseLog(List<Version> versions, List<Gap> gaps) {

  /**
   * A version.
   *
   * @param number its resource version, which is the epoch of whoever leads under it
   * @param bucket whose Lease it is of
   * @param holder whom it names; empty for nobody
   */
  public record Version(long number, BucketId bucket, String holder) {}

  /**
   * Versions that the watch can't have shown, as it had to begin anew.
   *
   * @param after the last one before
   * @param until the first one that it may have shown again, less one
   */
  public record Gap(long after, long until) {

    boolean has(long number) {
      return number > after && number <= until;
    }
  }

  /** Copies the lists. */
  public LeaseLog {
    versions = List.copyOf(versions);
    gaps = List.copyOf(gaps);
  }

  /** The promotions whose epoch is no version that names who was promoted. */
  List<Finding> unfounded(List<LedSpan> spans) {
    Map<Long, Version> byNumber =
        versions.stream()
            .collect(Collectors.toMap(Version::number, Function.identity(), (one, again) -> again));
    return spans.stream()
        .flatMap(span -> complaint(span, Optional.ofNullable(byNumber.get(span.epoch()))).stream())
        .toList();
  }

  private Optional<Finding> complaint(LedSpan span, Optional<Version> version) {
    boolean named =
        version
            .map(
                seen ->
                    seen.bucket().equals(span.bucket()) && seen.holder().equals(span.identity()))
            .orElseGet(() -> gaps.stream().anyMatch(gap -> gap.has(span.epoch())));
    return named
        ? Optional.empty()
        : Optional.of(
            new Finding(
                span.fromNanos(),
                "%s led bucket %s under epoch %s, which %s."
                    .formatted(
                        span.identity(),
                        span.bucket(),
                        Long.toUnsignedString(span.epoch()),
                        version
                            .map(
                                seen -> "names '%s' for %s".formatted(seen.holder(), seen.bucket()))
                            .orElse("is no version of a Lease"))));
  }
}
