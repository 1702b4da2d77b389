package dev.leasehold.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {

  @Test
  void aModuleNeedsWhatItsPomAndItsParentsSayButNotWhatIsOnlyManagedOrForTests() throws Exception {
    Parts declared = Parts.declared(Path.of("..", "sharding", "pom.xml"), Path.of("..", "pom.xml"));

    assertThat(declared.direct())
        .containsExactlyInAnyOrder(
            "dev.leasehold:leasehold-core",
            "io.fabric8:kubernetes-client",
            "com.google.guava:guava",
            "io.micrometer:micrometer-core",
            "org.slf4j:slf4j-api",
            "org.jspecify:jspecify");
    assertThat(declared.others()).contains("net.jqwik:jqwik", "org.assertj:assertj-core");
  }

  @Test
  void aListNamesWhatIsNeededItselfOnlyIfItIsAmongTheComponentsToo(@TempDir Path folder)
      throws IOException {
    Path list = folder.resolve("bom.json");
    Files.writeString(
        list,
        """
        {
          "metadata": {"component": {"bom-ref": "pkg:maven/shop/all@1?type=jar"}},
          "components": [
            {"purl": "pkg:maven/shop/till@1.0-jre?type=jar"},
            {"purl": "pkg:maven/org.shop/drawer@2?type=jar"}
          ],
          "dependencies": [
            {"ref": "pkg:maven/shop/all@1?type=jar",
             "dependsOn": ["pkg:maven/shop/till@1.0-jre?type=jar", "pkg:maven/shop/lost@1?type=jar"]},
            {"ref": "pkg:maven/shop/till@1.0-jre?type=jar",
             "dependsOn": ["pkg:maven/org.shop/drawer@2?type=jar"]}
          ]
        }
        """);

    Parts listed = Parts.listed(list);

    assertThat(listed.direct()).containsExactly("shop:till");
    assertThat(listed.others()).containsExactly("org.shop:drawer");
  }
}
