package dev.leasehold.e2e.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies run from samples to sharding to core, and never back. */
class ModuleDirectionTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.leasehold");

  @Test
  void modulesDependInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.leasehold..")
        .layer("core")
        .definedBy(
            "dev.leasehold.time..",
            "dev.leasehold.lock..",
            "dev.leasehold.election..",
            "dev.leasehold.elector..")
        .layer("sharding")
        .definedBy(
            "dev.leasehold.bucket..",
            "dev.leasehold.member..",
            "dev.leasehold.claim..",
            "dev.leasehold.queue..",
            "dev.leasehold.controller..",
            "dev.leasehold.metrics..",
            "dev.leasehold.events..",
            "dev.leasehold.admin..")
        .layer("samples")
        .definedBy("dev.leasehold.samples..")
        .whereLayer("samples")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("sharding")
        .mayOnlyBeAccessedByLayers("samples")
        .whereLayer("core")
        .mayOnlyBeAccessedByLayers("sharding", "samples")
        .ensureAllClassesAreContainedInArchitecture()
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.leasehold.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void decisionsKnowNeitherKubernetesNorThreads() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.leasehold.election..", "dev.leasehold.bucket..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "java.util.concurrent..", "com.fasterxml..")
        .check(CLASSES);
  }

  @Test
  void onlyTheClocksReadTheClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.leasehold.election..",
            "dev.leasehold.lock..",
            "dev.leasehold.elector..",
            "dev.leasehold.member..",
            "dev.leasehold.claim..",
            "dev.leasehold.queue..",
            "dev.leasehold.metrics..",
            "dev.leasehold.events..",
            "dev.leasehold.controller..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(CLASSES);
  }
}
