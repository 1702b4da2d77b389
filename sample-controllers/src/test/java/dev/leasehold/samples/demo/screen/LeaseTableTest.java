package dev.leasehold.samples.demo.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.samples.demo.check.LeaseState;
import dev.leasehold.samples.demo.check.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseTableTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

  @Test
  void leasesAreListedAsByKubectl() {
    Snapshot snapshot =
        new Snapshot(
            List.of(
                member("replica-1_0a1b2c3d", 12),
                member("", 700),
                bucket(1, 2, "replica-2_ffffffff", 3),
                bucket(0, 2, "replica-1_0a1b2c3d", 125)),
            List.of());

    assertThat(LeaseTable.lines(snapshot, NOW, Paint.NONE))
        .containsExactly(
            "NAME                             HOLDER               AGE",
            "demo.webpage.00-of-02            replica-1_0a1b2c3d   2m5s",
            "demo.webpage.01-of-02            replica-2_ffffffff   3s",
            "demo.member.                                          11m40s",
            "demo.member.replica-1-0a1b2c3d   replica-1_0a1b2c3d   12s",
            "Buckets: replica-1 1, replica-2 1");
  }

  @Test
  void eachReplicaHasItsColorAndTheColumnsStayInLine() {
    Snapshot snapshot =
        new Snapshot(
            List.of(bucket(0, 2, "replica-1_a", 1), bucket(1, 2, "replica-2_b", 1)), List.of());

    List<String> lines = LeaseTable.lines(snapshot, NOW, Paint.ANSI);

    assertThat(lines.get(1)).contains("\u001b[36mreplica-1_a   \u001b[0m1s");
    assertThat(lines.get(2)).contains("\u001b[33mreplica-2_b   \u001b[0m1s");
    assertThat(lines.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")))
        .containsExactlyElementsOf(LeaseTable.lines(snapshot, NOW, Paint.NONE));
  }

  @Test
  void bucketsBeyondWhatFitsAreCounted() {
    List<LeaseState> leases = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      leases.add(bucket(i, 20, "replica-1_a", 1));
    }
    leases.add(member("replica-1_a", 1));

    List<String> lines = LeaseTable.lines(new Snapshot(leases, List.of()), NOW, Paint.NONE);

    assertThat(lines).hasSize(1 + 16 + 1 + 2).contains("... and 4 buckets more");
  }

  @Test
  void anEmptyClusterHasATableToo() {
    assertThat(LeaseTable.lines(new Snapshot(List.of(), List.of()), NOW, Paint.NONE))
        .containsExactly("NAME   HOLDER   AGE", "Buckets: none held");
  }

  private static LeaseState member(String identity, long age) {
    return new LeaseState(
        "demo.member." + identity.replace('_', '-'),
        identity,
        1,
        NOW.minusSeconds(age),
        Optional.empty());
  }

  private static LeaseState bucket(int index, int count, String holder, long age) {
    Bucket bucket = new Bucket("webpage", index, count);
    return new LeaseState("demo." + bucket, holder, 1, NOW.minusSeconds(age), Optional.of(bucket));
  }
}
