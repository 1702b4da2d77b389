package dev.leasehold.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of what each module is made of, which the build has written by now. */
class SbomIT {

  @ParameterizedTest
  @ValueSource(strings = {"core", "sharding", "sample-controllers"})
  void listsWhatTheModuleNeedsAtRunTimeAndNothingElse(String module) throws IOException {
    String sbom = Files.readString(Path.of("..", module, "target", "bom.json"));
    assertThat(sbom)
        .contains("\"bomFormat\" : \"CycloneDX\"", "\"name\" : \"leasehold-" + module + "\"")
        .contains("pkg:maven/io.fabric8/kubernetes-client@", "pkg:maven/org.slf4j/slf4j-api@");
    for (String test : List.of("junit", "assertj", "jqwik", "awaitility")) {
      assertThat(sbom).doesNotContainPattern("pkg:maven/[^\"]*" + test);
    }
  }
}
