package dev.leasehold.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of what each module is made of, which the build has written by now. */
class SbomIT {

  @ParameterizedTest
  @ValueSource(strings = {"core", "sharding", "sample-controllers"})
  void listsWhatTheModuleNeedsAtRunTimeAndNothingElse(String module) throws Exception {
    Path sbom = Path.of("..", module, "target", "bom.json");
    assertThat(Files.readString(sbom))
        .contains("\"bomFormat\" : \"CycloneDX\"", "\"name\" : \"leasehold-" + module + "\"");

    Parts declared = Parts.declared(Path.of("..", module, "pom.xml"), Path.of("..", "pom.xml"));
    Parts listed = Parts.listed(sbom);
    assertThat(listed.direct()).containsExactlyInAnyOrderElementsOf(declared.direct());
    assertThat(listed.others()).doesNotContainAnyElementsOf(declared.others());
    // Nor what tests bring with them.
    assertThat(listed.others())
        .noneMatch(name -> name.matches(".*(junit|assertj|jqwik|awaitility).*"));
  }
}
