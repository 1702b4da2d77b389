package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.List;

/** The Service by which a page's servers are reached. Its selector and its port are kept. */
final class PageService implements Part<Service> {

  private final WebPage page;
  private final PageOwner owner;

  PageService(WebPage page) {
    this.page = page;
    this.owner = new PageOwner(page);
  }

  @Override
  public Class<Service> type() {
    return Service.class;
  }

  @Override
  public String name() {
    return PageServers.nameOf(page);
  }

  @Override
  public Service fresh() {
    return new ServiceBuilder()
        .withMetadata(owner.metadata(name()))
        .withNewSpec()
        .withSelector(PageServers.labels(page))
        .withPorts(port())
        .endSpec()
        .build();
  }

  @Override
  public Service mended(Service existing) {
    return new ServiceBuilder(existing)
        .withMetadata(owner.adopted(existing.getMetadata()))
        .editSpec()
        .withSelector(PageServers.labels(page))
        .withPorts(port())
        .endSpec()
        .build();
  }

  @Override
  public boolean isLike(Service existing) {
    List<ServicePort> ports = existing.getSpec().getPorts();
    return PageServers.labels(page).equals(existing.getSpec().getSelector())
        && ports.size() == 1
        && port().getPort().equals(ports.get(0).getPort())
        && port().getTargetPort().equals(ports.get(0).getTargetPort())
        && owner.owns(existing);
  }

  private static ServicePort port() {
    return new ServicePortBuilder()
        .withPort(80)
        .withTargetPort(new IntOrString(PageServers.PORT))
        .build();
  }
}
