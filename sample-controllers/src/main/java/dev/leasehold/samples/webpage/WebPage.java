package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A page of HTML that is to be kept in a ConfigMap.
 *
 * <p>Mutable, as resources are, and not thread-safe; one that comes from a cache is never changed.
 */
@Group(WebPage.GROUP)
@Version("v1")
@ShortNames("wp")
public final class WebPage extends CustomResource<WebPageSpec, WebPageStatus>
    implements Namespaced {

  /** The API group of the samples. */
  public static final String GROUP = "samples.leasehold.dev";

  @Serial private static final long serialVersionUID = 1;

  /** A page without a name, as deserialization needs it. */
  public WebPage() {}

  /**
   * A page to be created.
   *
   * @param namespace where
   * @param name its name, unique there
   * @param html what it shows
   */
  public static WebPage of(String namespace, String name, String html) {
    WebPage page = new WebPage();
    page.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    page.setSpec(WebPageSpec.of(html));
    return page;
  }

  /** A copy with another status, to be written; this page stays as it is. */
  WebPage withStatus(WebPageStatus status) {
    WebPage copy = new WebPage();
    copy.setMetadata(new ObjectMetaBuilder(getMetadata()).build());
    copy.setSpec(getSpec());
    copy.setStatus(status);
    return copy;
  }

  /** A copy with a finalizer or without it, to be written; this page stays as it is. */
  WebPage withFinalizer(String finalizer, boolean present) {
    ObjectMetaBuilder metadata =
        new ObjectMetaBuilder(getMetadata()).removeFromFinalizers(finalizer);
    WebPage copy = new WebPage();
    copy.setMetadata((present ? metadata.addToFinalizers(finalizer) : metadata).build());
    copy.setSpec(getSpec());
    copy.setStatus(getStatus());
    return copy;
  }

  /** What is asked for; an empty page if nothing is. */
  WebPageSpec specOrEmpty() {
    WebPageSpec spec = getSpec();
    return spec == null ? WebPageSpec.of("") : spec;
  }

  @Override
  @SuppressWarnings("NullAway") // fabric8 knows no annotations; no spec is what a new page has.
  protected @Nullable WebPageSpec initSpec() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // As above.
  protected @Nullable WebPageStatus initStatus() {
    return null;
  }
}
