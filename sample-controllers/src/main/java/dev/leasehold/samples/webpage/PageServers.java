package dev.leasehold.samples.webpage;

import java.util.Map;
import java.util.regex.Pattern;

/** What a page's Deployment and Service have in common. Decides, and does nothing. */
final class PageServers {

  /** What keeps a page from being deleted before its servers are. */
  static final String FINALIZER = "samples.leasehold.dev/servers";

  /** The port that the servers listen on. */
  static final int PORT = 8080;

  private static final String SUFFIX = "-web";
  private static final int MAX_NAME = 63;
  private static final Pattern SERVICE_NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  private PageServers() {}

  static String nameOf(WebPage page) {
    return page.getMetadata().getName() + SUFFIX;
  }

  static Map<String, String> labels(WebPage page) {
    return Map.of("samples.leasehold.dev/page", page.getMetadata().getName());
  }

  /** Whether a page asks for servers. */
  static boolean areAsked(WebPage page) {
    return page.specOrEmpty().servers() > 0 && !page.isMarkedForDeletion();
  }

  /** Whether a page may have servers. */
  static boolean mayExist(WebPage page) {
    return page.getMetadata().getFinalizers().contains(FINALIZER);
  }

  /** What is wrong with the page's name; empty if nothing is. */
  static String complaint(WebPage page) {
    String name = nameOf(page);
    return name.length() <= MAX_NAME && SERVICE_NAME.matcher(name).matches()
        ? ""
        : "A Service can't be named %s: choose a name of at most %d small letters, digits and hyphens, a letter first, or no servers."
            .formatted(name, MAX_NAME - SUFFIX.length());
  }
}
