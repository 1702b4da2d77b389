package dev.leasehold.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/**
 * Pins the hashes. If one of these values has to change for a change of the code, the code is
 * wrong: users' keys would move to other buckets.
 */
class KeyHashTest {

  @Test
  void nameHashIsTheFirstHalfOfMurmur3OfTheReferenceVectors() {
    // From Guava's Murmur3Hash128Test, which took them from the C++ of SMHasher.
    assertThat(KeyHash.NAME.of(null, "hell", null)).isEqualTo(0x629942693e10f867L);
    assertThat(KeyHash.NAME.of(null, "The quick brown fox jumps over the lazy dog", null))
        .isEqualTo(0xe34bbc7bbc071b6cL);
    assertThat(KeyHash.NAME.of(null, "The quick brown fox jumps over the lazy cog", null))
        .isEqualTo(0x658ca970ff85269aL);
  }

  @Test
  void nameHashIsOverNamespaceSlashName() {
    // Computed by another implementation, written from the algorithm's description.
    assertThat(KeyHash.NAME.of("default", "web", null)).isEqualTo(0x166f6f3764607f38L);
    assertThat(KeyHash.NAME.of("a-long-namespace-name", "a-name-longer-than-one-block", "any uid"))
        .isEqualTo(0x51a2eece211a6c45L);
    assertThat(KeyHash.NAME.of("shop", "straße", null)).isEqualTo(0xb044464b2249d2ffL);
  }

  @Test
  void clusterScopedNameHashIsOverTheNameAlone() {
    assertThat(KeyHash.NAME.of(null, "node-1", null)).isEqualTo(0xd1601808ef7260a1L);
    assertThat(KeyHash.NAME.of("", "node-1", null)).isEqualTo(0xd1601808ef7260a1L);
  }

  @Test
  void uidAndNamespaceHashesAreFnv1aOfTheReferenceVectors() {
    // From draft-eastlake-fnv, test vectors for FNV-1a of 64 bits.
    assertThat(KeyHash.NAMESPACE.of(null, "x", null)).isEqualTo(0xcbf29ce484222325L);
    assertThat(KeyHash.NAMESPACE.of("", "x", null)).isEqualTo(0xcbf29ce484222325L);
    assertThat(KeyHash.NAMESPACE.of("a", "x", null)).isEqualTo(0xaf63dc4c8601ec8cL);
    assertThat(KeyHash.NAMESPACE.of("foobar", "x", null)).isEqualTo(0x85944171f73967e8L);
    assertThat(KeyHash.UID.of("any", "x", "foobar")).isEqualTo(0x85944171f73967e8L);
    assertThat(KeyHash.UID.of(null, "x", "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"))
        .isEqualTo(0xabdf176f8387c8a1L);
  }

  @Test
  void uidHashRefusesAResourceWithoutUid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyHash.UID.of("shop", "web", null))
        .withMessageContaining("'shop/web'")
        .withMessageContaining("uid");
    assertThatIllegalArgumentException().isThrownBy(() -> KeyHash.UID.of("shop", "web", ""));
  }
}
