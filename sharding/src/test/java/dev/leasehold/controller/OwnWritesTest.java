package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which events of what a key has written bring it back, and which don't. */
class OwnWritesTest {

  private static final ResourceKey WRITER = new ResourceKey("default", "writer");
  private static final ResourceKey OTHER = new ResourceKey("default", "other");

  private final List<ResourceKey> enqueued = new ArrayList<>();
  private final OwnWrites own =
      new OwnWrites(key -> key.equals(OTHER) ? 1 : 0, enqueued::add, Tally.NONE);

  @Test
  void eventOfAnOwnWriteDoesNotBringItsWriterBack() {
    own.send(WRITER, version("1"), () -> version("2"));
    own.deliver(version("2"), List.of(WRITER));
    assertThat(enqueued).isEmpty();
  }

  @Test
  void eventOfAnOwnCreationDoesNotBringItsWriterBack() {
    own.send(WRITER, RuntimeFixture.configMap("a0"), () -> version("1"));
    own.deliver(version("1"), List.of(WRITER));
    assertThat(enqueued).isEmpty();
  }

  @Test
  void creationWhoseNameTheApiServerChoosesDoesNotBringItsWriterBackOnceItIsAnswered() {
    ConfigMap nameless = RuntimeFixture.configMap("a0");
    nameless.getMetadata().setName(null);
    nameless.getMetadata().setGenerateName("a");
    own.send(
        WRITER,
        nameless,
        () -> {
          own.deliver(version("1"), List.of(OTHER));
          return version("1");
        });
    own.deliver(version("1"), List.of(WRITER));
    assertThat(enqueued).containsExactly(OTHER);
  }

  @Test
  void otherKeysThatTheResourceMattersToHearOfIt() {
    own.send(WRITER, version("1"), () -> version("2"));
    own.deliver(version("2"), List.of(WRITER, OTHER));
    assertThat(enqueued).containsExactly(OTHER);
  }

  @Test
  void versionsOfOthersBringTheWriterBack() {
    own.send(WRITER, version("1"), () -> version("3"));
    own.deliver(version("2"), List.of(WRITER));
    own.deliver(version("4"), List.of(WRITER));
    assertThat(enqueued).containsExactly(WRITER, WRITER);
  }

  @Test
  void writeThatChangedNothingExplainsNoEvent() {
    own.send(WRITER, version("2"), () -> version("2"));
    own.deliver(version("2"), List.of(WRITER));
    assertThat(enqueued).containsExactly(WRITER);
  }

  @Test
  void eventThatIsFasterThanTheAnswerWaitsForIt() {
    own.send(
        WRITER,
        version("1"),
        () -> {
          own.deliver(version("2"), List.of(WRITER));
          own.deliver(version("3"), List.of(OTHER));
          assertThat(enqueued).isEmpty();
          return version("2");
        });
    assertThat(enqueued).containsExactly(OTHER);
  }

  @Test
  void eventThatWaitedForAWriteThatFailedIsPassedOn() {
    assertThatThrownBy(
            () ->
                own.send(
                    WRITER,
                    version("1"),
                    () -> {
                      own.deliver(version("2"), List.of(WRITER));
                      throw new IllegalStateException("as the test wants");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(enqueued).containsExactly(WRITER);
  }

  @Test
  void runThatMayHaveSeenTheStateBeforeTheWriteIsFollowedByAnother() {
    own.send(WRITER, version("1"), () -> version("2"));
    own.runs(WRITER);
    own.deliver(version("2"), List.of(WRITER));
    assertThat(enqueued).containsExactly(WRITER);
  }

  @Test
  void sameVersionOfAnotherResourceIsNotOwn() {
    own.send(WRITER, version("1"), () -> version("2"));
    ConfigMap recreated =
        new ConfigMapBuilder(version("2")).editMetadata().withUid("another").endMetadata().build();
    own.deliver(recreated, List.of(WRITER));
    assertThat(enqueued).containsExactly(WRITER);
  }

  @Test
  void onlyTheLatestVersionsOfAKeyAreRemembered() {
    int writes = 3 * OwnWrites.MOST_VERSIONS;
    for (int i = 1; i <= writes; i++) {
      ConfigMap written = version(Integer.toString(i + 1));
      own.send(WRITER, version(Integer.toString(i)), () -> written);
    }
    for (int i = 1; i <= writes; i++) {
      own.deliver(version(Integer.toString(i + 1)), List.of(WRITER));
    }
    assertThat(enqueued).hasSize(writes - OwnWrites.MOST_VERSIONS);
    own.deliver(version(Integer.toString(writes + 1)), List.of(WRITER));
    assertThat(enqueued).hasSize(writes - OwnWrites.MOST_VERSIONS);
  }

  @Test
  void onlySoManyKeysAreRememberedAndOldOnesComeBack() {
    for (int i = 0; i <= OwnWrites.MOST_WRITERS; i++) {
      own.send(key(i), version("1"), () -> version("2"));
    }
    assertThat(own.writers()).isEqualTo(OwnWrites.MOST_WRITERS);
    own.deliver(version("2"), List.of(key(0), key(1)));
    assertThat(enqueued).containsExactly(key(0));
    own.send(OTHER, version("1"), () -> version("2"));
    assertThat(own.writers()).isEqualTo(OwnWrites.MOST_WRITERS);
  }

  @Test
  void keysOfABucketThatHasStoppedAreForgottenAndNoOthers() {
    own.send(WRITER, version("1"), () -> version("2"));
    own.send(OTHER, version("2"), () -> version("3"));
    own.forget(0);
    assertThat(own.writers()).isEqualTo(1);
    own.runs(WRITER);
    own.deliver(version("2"), List.of(WRITER));
    own.deliver(version("3"), List.of(OTHER));
    assertThat(enqueued).containsExactly(WRITER);
    own.forget(1);
    assertThat(own.writers()).isZero();
  }

  @Test
  void eventsOfAResourceThatIsWrittenForLongDoNotPileUp() {
    own.send(
        WRITER,
        version("1"),
        () -> {
          for (int i = 0; i < OwnWrites.MOST_WAITING; i++) {
            own.deliver(version("2"), List.of(WRITER));
          }
          assertThat(enqueued).isEmpty();
          own.deliver(version("2"), List.of(WRITER));
          assertThat(enqueued).containsExactly(WRITER);
          return version("2");
        });
    assertThat(enqueued).containsExactly(WRITER);
  }

  @Test
  void aKeyThatHasWrittenCostsAtMost600BytesAndAFurtherVersion300() {
    List<ResourceKey> keys =
        IntStream.range(0, OwnWrites.MOST_WRITERS).mapToObj(OwnWritesTest::key).toList();
    long before = Heap.usedBytes();
    keys.forEach(key -> write(key, 2));
    long afterOne = Heap.usedBytes();
    keys.forEach(key -> IntStream.range(3, 11).forEach(version -> write(key, version)));
    long afterNine = Heap.usedBytes();
    assertThat(own.writers()).isEqualTo(keys.size());
    assertThat((afterOne - before) / keys.size()).isBetween(150L, 600L);
    assertThat((afterNine - afterOne) / keys.size() / 8).isBetween(100L, 300L);
  }

  /** As a client reads an answer: nothing of it is shared with other answers. */
  private void write(ResourceKey key, int version) {
    ConfigMap answer = version(Integer.toString(version));
    answer.getMetadata().setUid(new UUID(version, key.hashCode()).toString());
    own.send(key, version("1"), () -> answer);
  }

  private static ResourceKey key(int number) {
    return new ResourceKey("default", "name-" + number);
  }

  private static ConfigMap version(String version) {
    return new ConfigMapBuilder(RuntimeFixture.configMap("a0"))
        .editMetadata()
        .withUid("uid")
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }
}
