package dev.leasehold.samples.webpage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * What a page is to show.
 *
 * @param html the page's HTML; never null once it is made
 * @param servers how many pods are to serve it; with none it is a ConfigMap and nothing else
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WebPageSpec(String html, int servers) {

  /** Takes a missing page for an empty one. */
  public WebPageSpec(@Nullable String html, int servers) {
    this.html = html == null ? "" : html;
    this.servers = servers;
  }

  /** A page that nobody serves. */
  static WebPageSpec of(String html) {
    return new WebPageSpec(html, 0);
  }
}
