package dev.leasehold.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What of an announcement every replica plans for. */
final class AnnouncedTest {

  @Test
  void whatIsAnnouncedIsReadAgain() {
    Map<String, Integer> controllers = Map.of("webpage", 8, "publisher", 4, "big", 4096);
    assertThat(Announced.text(controllers)).isEqualTo("big=4096,publisher=4,webpage=8");
    assertThat(Announced.of(Announced.text(controllers))).isEqualTo(controllers);
    assertThat(Announced.of("")).isEmpty();
  }

  @Test
  void whatNoReplicaCanRunIsNotRead() {
    String hostile =
        "page=2,=3,<b>=3,member=1,Upper=1,a.b=1,"
            + "z".repeat(64)
            + "=1,x=99999,y=0,w=-1,v=,u,t=1=2,s=4097,ü=1,line\n=1";
    assertThat(Announced.of(hostile)).isEqualTo(Map.of("page", 2));
  }

  @Test
  void noMemberAnnouncesMoreBucketsThanAReplicaMayHave() {
    List<String> hostile = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      hostile.add("c%05d=4096".formatted(i));
    }
    hostile.add("a=3");
    Collections.shuffle(hostile, new Random(1));
    Map<String, Integer> read = Announced.of(String.join(",", hostile));
    // The first ones by their names, whatever order they are in.
    assertThat(read).isEqualTo(Map.of("a", 3, "c00000", 4096, "c00001", 4096, "c00002", 4096));
    assertThat(read.values().stream().mapToInt(count -> count).sum())
        .isLessThanOrEqualTo(MemberInfo.MOST_BUCKETS);
  }

  @Test
  void noMemberAnnouncesMoreControllersThanAReplicaMayHave() {
    List<String> hostile = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      hostile.add("c%05d=1".formatted(i));
    }
    assertThat(Announced.of(String.join(",", hostile)))
        .hasSize(MemberInfo.MOST_CONTROLLERS)
        .containsKeys("c00000", "c00255")
        .doesNotContainKey("c00256");
  }

  @Test
  void aReplicaWithMoreThanThatIsRefusedWithOneSentence() {
    Map<String, Integer> most = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      most.put("c" + i, 4096);
    }
    MemberInfo.requireRoomFor(most);
    assertThat(Announced.of(Announced.text(most))).isEqualTo(most);
    most.put("one-more", 1);
    assertThatThrownBy(() -> MemberInfo.requireRoomFor(most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16384 buckets in all, and these are 5 with 16385");
    Map<String, Integer> many = new HashMap<>();
    for (int i = 0; i < 257; i++) {
      many.put("c" + i, 1);
    }
    assertThatThrownBy(() -> MemberInfo.requireRoomFor(many))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
