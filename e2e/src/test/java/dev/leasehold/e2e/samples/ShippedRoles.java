package dev.leasehold.e2e.samples;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Roles that are shipped, and what they would be with one verb less. */
public final class ShippedRoles {

  private static final Path DEPLOY = Path.of("..", "deploy");

  private ShippedRoles() {}

  /**
   * A verb that a shipped Role grants.
   *
   * @param isTarget whether it is granted in the namespaces that are copied into
   */
  public record Grant(boolean isTarget, String resource, String verb) {

    @Override
    public String toString() {
      return verb + " " + resource + (isTarget ? " where copies are" : "");
    }
  }

  public static Role home() throws IOException {
    return read(DEPLOY.resolve("base/role.yaml"));
  }

  static Role target() throws IOException {
    return read(DEPLOY.resolve("overlays/example/team-a/role.yaml"));
  }

  /** What a candidate of the plain election needs. */
  static Role elector() throws IOException {
    String file = Files.readString(DEPLOY.resolve("overlays/example/samples/elector.yaml"));
    return Stream.of(file.split("\n---\n", -1))
        .filter(part -> part.contains("\nkind: Role\n"))
        .map(part -> new KubernetesSerialization().unmarshal(part, Role.class))
        .findFirst()
        .orElseThrow();
  }

  /** All that the Roles of the sharded samples grant, one by one. */
  public static List<Grant> grants() throws IOException {
    List<Grant> grants = new ArrayList<>();
    for (boolean isTarget : List.of(false, true)) {
      for (PolicyRule rule : (isTarget ? target() : home()).getRules()) {
        for (String resource : rule.getResources()) {
          rule.getVerbs().forEach(verb -> grants.add(new Grant(isTarget, resource, verb)));
        }
      }
    }
    return grants;
  }

  public static Role without(Role role, Grant taken) {
    RoleBuilder less = new RoleBuilder(role).withRules(List.of());
    for (PolicyRule rule : role.getRules()) {
      List<String> verbs = new ArrayList<>(rule.getVerbs());
      if (rule.getResources().contains(taken.resource())) {
        verbs.remove(taken.verb());
      }
      if (!verbs.isEmpty()) {
        less.addToRules(new PolicyRuleBuilder(rule).withVerbs(verbs).build());
      }
    }
    return less.build();
  }

  /** Makes a Role be so in a namespace, and binds a user to it. */
  public static void grant(KubernetesClient client, String namespace, Role role, String user) {
    Role here = new RoleBuilder(role).editMetadata().withNamespace(namespace).endMetadata().build();
    client.resource(here).createOr(existing -> existing.update());
    RoleBinding binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(role.getMetadata().getName())
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", role.getMetadata().getName())
            .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
            .build();
    client.resource(binding).createOr(existing -> existing.update());
  }

  private static Role read(Path file) throws IOException {
    return new KubernetesSerialization().unmarshal(Files.readString(file), Role.class);
  }
}
