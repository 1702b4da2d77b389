package dev.leasehold.samples.webpage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * What a page is to show.
 *
 * @param html the page's HTML; never null once it is made
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WebPageSpec(String html) {

  /** Takes a missing page for an empty one. */
  public WebPageSpec(@Nullable String html) {
    this.html = html == null ? "" : html;
  }
}
