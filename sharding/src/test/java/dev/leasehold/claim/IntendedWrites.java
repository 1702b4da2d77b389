package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Notes what a janitor wants to have written, and writes nothing: nothing is ever answered. */
final class IntendedWrites implements LockStore {

  private final List<String> list = new ArrayList<>();

  /** Each as {@code fence name@version by whom} or {@code remove name@version}. */
  List<String> list() {
    return list;
  }

  @Override
  public CompletionStage<Outcome> create(String name, LockRecord record) {
    throw new AssertionError("Nothing is to be created: " + name);
  }

  @Override
  public CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
    assertThat(record.isHeld()).isFalse();
    assertThat(record.annotation(LeaseMetadata.FENCED)).isEqualTo(expected.uid());
    list.add(
        "fence %s@%s by %s".formatted(name, expected, record.annotation(LeaseMetadata.FENCED_BY)));
    return new CompletableFuture<>();
  }

  @Override
  public CompletionStage<Outcome> delete(String name, Version expected) {
    list.add("remove %s@%s".formatted(name, expected));
    return new CompletableFuture<>();
  }
}
