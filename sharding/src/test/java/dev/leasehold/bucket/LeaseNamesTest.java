package dev.leasehold.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseNamesTest {

  private final LeaseNames names = LeaseNames.of("shop");

  @Test
  void bucketLeaseIsNamedByComponentControllerIndexAndCount() {
    assertThat(names.bucket(new Bucket("webpage", 3, 8))).isEqualTo("shop.webpage.03-of-08");
    assertThat(names.bucket(new Bucket("webpage", 3, 4096))).isEqualTo("shop.webpage.0003-of-4096");
  }

  @Property
  void bucketIsFoundByTheNameOfItsLease(
      @ForAll @IntRange(min = 1, max = 4096) int count, @ForAll @IntRange(max = 4095) int index) {
    Bucket bucket = new Bucket("web-page-2", index % count, count);
    assertThat(names.bucketNamed(names.bucket(bucket))).contains(bucket);
    assertThat(LeaseNames.of("sho").bucketNamed(names.bucket(bucket))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.webpage.003-of-008",
        "shop.webpage.3-of-8",
        "shop.webpage.08-of-08",
        "shop.webpage.00-of-00",
        "shop.webpage.03-of-9999",
        "shop.web.page.03-of-08",
        "shop.-web.03-of-08",
        "shop.member.03-of-08",
        "shop.webpage.03-of-08.x",
        "shop",
        ""
      })
  void nameThatNoBucketLeaseHasMeansNoBucket(String leaseName) {
    assertThat(names.bucketNamed(leaseName)).isEmpty();
  }

  @Test
  void memberLeaseIsNamedByTheIdentityWithoutUnderscoreAndCapitals() {
    assertThat(names.member("shop-7d9f-x2x4q_0a1b2c3d"))
        .isEqualTo("shop.member.shop-7d9f-x2x4q-0a1b2c3d");
    assertThat(names.member("Annas_Laptop.local_0a1b2c3d"))
        .isEqualTo("shop.member.annas-laptop.local-0a1b2c3d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_0a1b2c3d", "host:8080_0a1b2c3d", "a..b_0a1b2c3d", "höst_0a1b2c3d"})
  void identityThatCannotBePartOfANameIsRefused(String identity) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> names.member(identity))
        .withMessageContaining("'" + identity + "'")
        .withMessageContaining("use letters");
  }

  @Test
  void longestNamesAreAllowedAndLongerOnesRefused() {
    String label = "a".repeat(63);
    LeaseNames longest = LeaseNames.of(label);
    assertThat(longest.bucket(new Bucket(label, 4095, 4096)).length()).isEqualTo(140);
    String host = "h".repeat(253 - 63 - ".member.".length() - "_0a1b2c3d".length());
    assertThat(longest.member(host + "_0a1b2c3d")).hasSize(253);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> longest.member("h" + host + "_0a1b2c3d"))
        .withMessageContaining("254 characters")
        .withMessageContaining("shorten");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Shop", "shop.eu", "-shop", "shop-", "sh_op", "shöp", "shop\n"})
  void componentAndControllerMustBeDnsLabels(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeaseNames.of(name))
        .withMessageContaining("component name '" + name + "'")
        .withMessageContaining("use 1 to 63");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeaseNames.requireController(name))
        .withMessageContaining("controller name");
    assertThatIllegalArgumentException().isThrownBy(() -> names.bucket(new Bucket(name, 0, 1)));
  }

  @Test
  void nameOf64CharactersIsTooLong() {
    assertThatIllegalArgumentException().isThrownBy(() -> LeaseNames.of("a".repeat(64)));
  }

  @Test
  void controllerMayNotBeNamedMember() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeaseNames.requireController("member"))
        .withMessageContaining("member Leases")
        .withMessageContaining("choose another name");
    assertThatIllegalArgumentException().isThrownBy(() -> names.bucket(new Bucket("member", 0, 1)));
    // As a component it is no different from others.
    assertThat(LeaseNames.of("member").bucket(new Bucket("web", 0, 1)))
        .isEqualTo("member.web.00-of-01");
  }
}
