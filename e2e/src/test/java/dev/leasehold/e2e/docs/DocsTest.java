package dev.leasehold.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * README and docs say what is: code is part of what is compiled, commands are part of what is run.
 */
class DocsTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  @ParameterizedTest
  @MethodSource("javaBlocks")
  void javaIsAPartOfACompiledSource(Block block) {
    assertThat(sources("java").anyMatch(source -> source.contains(block.normalized())))
        .as("%s is in a source", block)
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("manifestBlocks")
  void yamlAndXmlArePartsOfFilesThatTestsUse(Block block) {
    assertThat(sources(block.language()).anyMatch(file -> file.contains(block.normalized())))
        .as("%s is in a file", block)
        .isTrue();
  }

  @Test
  void everyBlockSaysWhatItIs() throws IOException {
    assertThat(Block.all())
        .allSatisfy(
            block ->
                assertThat(block.language())
                    .as("%s", block)
                    .isIn("java", "sh", "console", "yaml", "xml"));
  }

  @Test
  void everyCommandIsRunByATestOrKnownNotToBe() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Block block : Block.all()) {
      if (block.is("sh")) {
        block.lines().stream()
            .filter(command -> !command.startsWith(Commands.TESTS))
            .forEach(shown::add);
      }
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(Commands.all());
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    for (Path page : Block.pages()) {
      LINK.matcher(Files.readString(page))
          .results()
          .map(link -> page.resolveSibling(link.group(1)))
          .forEach(target -> assertThat(target).as("a link of %s", page).exists());
    }
  }

  static Stream<Block> javaBlocks() throws IOException {
    return Block.all().stream().filter(block -> block.is("java"));
  }

  static Stream<Block> manifestBlocks() throws IOException {
    return Block.all().stream().filter(block -> block.is("yaml") || block.is("xml"));
  }

  private static Stream<String> sources(String ending) {
    return Stream.of("core/src", "sharding/src", "sample-controllers/src", "e2e/src", "deploy")
        .flatMap(folder -> files(Block.ROOT.resolve(folder)))
        .filter(file -> file.toString().endsWith("." + ending))
        .map(DocsTest::normalized);
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return List.copyOf(files.filter(Files::isRegularFile).toList()).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String normalized(Path file) {
    try {
      return Block.normalize(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
