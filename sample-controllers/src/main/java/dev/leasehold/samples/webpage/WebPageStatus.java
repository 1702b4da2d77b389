package dev.leasehold.samples.webpage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a page.
 *
 * @param observedGeneration the generation of the page that was last looked at
 * @param reconciledBy the identity of the replica that looked at it
 * @param epoch the epoch of the bucket's term then: an unsigned 64-bit number, as a string because
 *     JSON's numbers and Kubernetes' integers are smaller
 * @param lastReconciled when that was, by the replica's own clock (RFC 3339)
 * @param conditions {@code Ready}: whether all is as the page asks, and why not
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebPageStatus(
    @Nullable Long observedGeneration,
    @Nullable String reconciledBy,
    @Nullable String epoch,
    @Nullable String lastReconciled,
    List<Condition> conditions) {

  /** Takes missing conditions for none. */
  public WebPageStatus(
      @Nullable Long observedGeneration,
      @Nullable String reconciledBy,
      @Nullable String epoch,
      @Nullable String lastReconciled,
      @Nullable List<Condition> conditions) {
    this.observedGeneration = observedGeneration;
    this.reconciledBy = reconciledBy;
    this.epoch = epoch;
    this.lastReconciled = lastReconciled;
    this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** The condition {@code Ready}, if the status has it. */
  Optional<Condition> ready() {
    return conditions.stream().filter(one -> one.getType().equals(Readiness.READY)).findFirst();
  }

  /** Whether another status tells the same; when it was written doesn't matter. */
  boolean tellsTheSameAs(@Nullable WebPageStatus other) {
    return other != null
        && Objects.equals(observedGeneration, other.observedGeneration)
        && Objects.equals(reconciledBy, other.reconciledBy)
        && Objects.equals(epoch, other.epoch)
        && Objects.equals(conditions, other.conditions);
  }
}
