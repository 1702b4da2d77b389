package dev.leasehold.samples.routes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leader's summary of a table.
 *
 * @param observedGeneration the generation that it is about
 * @param hosts how many host names lead somewhere by this table
 * @param ignored the hosts whose route is another one: an earlier one here, or one in another table
 * @param summarizedBy the identity of the replica that wrote this
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RouteTableStatus(
    @Nullable Long observedGeneration,
    int hosts,
    List<String> ignored,
    @Nullable String summarizedBy) {

  /** Takes missing hosts for none. */
  public RouteTableStatus(
      @Nullable Long observedGeneration,
      int hosts,
      @Nullable List<String> ignored,
      @Nullable String summarizedBy) {
    this.observedGeneration = observedGeneration;
    this.hosts = hosts;
    this.ignored = ignored == null ? List.of() : List.copyOf(ignored);
    this.summarizedBy = summarizedBy;
  }
}
