package dev.leasehold.elector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "shop.leader-0", "0.x", "a-b--c"})
  void namesThatTheApiServerTakesAreTaken(String name) {
    assertThat(Lock.lease("ns", name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Shop", "shop_leader", "-shop", "shop-", "a..b", ".a", "a\n", "a/b"})
  void namesThatTheApiServerRefusesAreRefusedAtOnce(String name) {
    assertThatThrownBy(() -> Lock.configMap("ns", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The name of a lock can't be \"%s\"; use 1 to 253 small letters, digits, hyphens and dots, with a letter or a digit at both ends."
                .formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "NS"})
  void namespaceHasNoDots(String namespace) {
    assertThatThrownBy(() -> Lock.lease(namespace, "lock"))
        .hasMessageStartingWith("The namespace of a lock can't be \"" + namespace + "\"");
  }
}
