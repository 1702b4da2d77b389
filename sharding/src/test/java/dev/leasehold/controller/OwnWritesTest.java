package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events of what a key has written bring it back, and which don't. */
class OwnWritesTest {

  private static final ResourceKey WRITER = new ResourceKey("default", "writer");
  private static final ResourceKey OTHER = new ResourceKey("default", "other");

  private final List<ResourceKey> enqueued = new ArrayList<>();
  private final OwnWrites own = new OwnWrites(enqueued::add, Tally.NONE);

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

  private static ConfigMap version(String version) {
    return new ConfigMapBuilder(RuntimeFixture.configMap("a0"))
        .editMetadata()
        .withUid("uid")
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }
}
