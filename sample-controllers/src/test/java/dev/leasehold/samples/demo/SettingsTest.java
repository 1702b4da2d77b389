package dev.leasehold.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @ParameterizedTest
  @CsvSource({"2,200,8", "21,200,8", "3,0,8", "3,10001,8", "3,200,0", "3,200,4097"})
  void whatMakesNoSenseIsRefusedInASentence(int replicas, int pages, int buckets) {
    assertThatThrownBy(() -> Settings.of(replicas, pages, buckets))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .matches(".*choose.*\\.");
  }

  @Test
  void placesAreReadInSmallLettersAlone() {
    assertThat(new PlaceConverter().convert("local")).isEqualTo(DemoCommand.Place.LOCAL);
    assertThatThrownBy(() -> new PlaceConverter().convert("moon"))
        .hasMessageContaining("embedded, local or kubeconfig");
  }
}
