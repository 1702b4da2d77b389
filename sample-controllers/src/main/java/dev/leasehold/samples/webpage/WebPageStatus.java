package dev.leasehold.samples.webpage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a page.
 *
 * @param observedGeneration the generation of the page that was last looked at
 * @param reconciledBy the identity of the replica that looked at it
 * @param epoch the epoch of the bucket's term then: an unsigned 64-bit number, as a string because
 *     JSON's numbers and Kubernetes' integers are smaller
 * @param lastReconciled when that was, by the replica's own clock (RFC 3339)
 * @param message what stands in the way, in a sentence; null if nothing does
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebPageStatus(
    @Nullable Long observedGeneration,
    @Nullable String reconciledBy,
    @Nullable String epoch,
    @Nullable String lastReconciled,
    @Nullable String message) {

  /** Whether another status tells the same; when it was written doesn't matter. */
  boolean tellsTheSameAs(@Nullable WebPageStatus other) {
    return other != null
        && Objects.equals(observedGeneration, other.observedGeneration)
        && Objects.equals(reconciledBy, other.reconciledBy)
        && Objects.equals(epoch, other.epoch)
        && Objects.equals(message, other.message);
  }
}
