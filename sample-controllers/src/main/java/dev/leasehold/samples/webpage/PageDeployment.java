package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;

/** The Deployment whose pods serve a page. Its image and its replicas are kept as they should. */
final class PageDeployment implements Part<Deployment> {

  private static final String VOLUME = "page";

  private final WebPage page;
  private final PageOwner owner;
  private final String image;

  PageDeployment(WebPage page, String image) {
    this.page = page;
    this.owner = new PageOwner(page);
    this.image = image;
  }

  @Override
  public Class<Deployment> type() {
    return Deployment.class;
  }

  @Override
  public String name() {
    return PageServers.nameOf(page);
  }

  @Override
  public Deployment fresh() {
    return new DeploymentBuilder()
        .withMetadata(owner.metadata(name()))
        .withNewSpec()
        .withReplicas(page.specOrEmpty().servers())
        .withNewSelector()
        .withMatchLabels(PageServers.labels(page))
        .endSelector()
        .withTemplate(pod())
        .endSpec()
        .build();
  }

  @Override
  public Deployment mended(Deployment existing) {
    return new DeploymentBuilder(existing)
        .withMetadata(owner.adopted(existing.getMetadata()))
        .editSpec()
        .withReplicas(page.specOrEmpty().servers())
        .withTemplate(pod())
        .endSpec()
        .build();
  }

  @Override
  public boolean isLike(Deployment existing) {
    List<Container> containers = existing.getSpec().getTemplate().getSpec().getContainers();
    return Integer.valueOf(page.specOrEmpty().servers()).equals(existing.getSpec().getReplicas())
        && containers.size() == 1
        && containers.get(0).getImage().equals(image)
        && owner.owns(existing);
  }

  /** How many servers are ready, if an object is a Deployment and tells. */
  static int readyOf(HasMetadata object) {
    DeploymentStatus status =
        object instanceof Deployment deployment ? deployment.getStatus() : null;
    Integer ready = status == null ? null : status.getReadyReplicas();
    return ready == null ? 0 : ready;
  }

  private PodTemplateSpec pod() {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(PageServers.labels(page))
        .endMetadata()
        .withNewSpec()
        .withContainers(container())
        .addNewVolume()
        .withName(VOLUME)
        .withNewConfigMap()
        .withName(PageConfigMap.nameOf(page))
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }

  private Container container() {
    return new ContainerBuilder()
        .withName("web")
        .withImage(image)
        .withCommand("httpd", "-f", "-p", Integer.toString(PageServers.PORT), "-h", "/page")
        .addNewPort()
        .withContainerPort(PageServers.PORT)
        .endPort()
        .addNewVolumeMount()
        .withName(VOLUME)
        .withMountPath("/page")
        .withReadOnly(true)
        .endVolumeMount()
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(65532L)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .endSecurityContext()
        .build();
  }
}
