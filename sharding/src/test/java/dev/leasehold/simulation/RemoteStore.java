package dev.leasehold.simulation;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API server as one process reaches it: over its link, with a timeout by its own clock. A
 * request that was given up may still arrive.
 */
final class RemoteStore implements LockStore {

  private final Link link;
  private final SimulatedProcess process;
  private final World world;
  private final ApiServer server;
  private final Coverage coverage;
  private final Happening doneLate;
  private final LeaseNames names = LeaseNames.of(Simulation.COMPONENT);

  /**
   * A store over a link.
   *
   * @param doneLate what it is to be counted as if a write is done after its timeout
   */
  RemoteStore(Link link, SimulatedProcess process, World world, Happening doneLate) {
    this.link = link;
    this.process = process;
    this.world = world;
    this.server = world.server();
    this.coverage = world.coverage();
    this.doneLate = doneLate;
  }

  @Override
  public CompletionStage<Outcome> create(String name, LockRecord record) {
    return send("create", name, record, () -> server.create(name, record));
  }

  @Override
  public CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
    return send("put", name, record, () -> server.replace(name, expected, record));
  }

  @Override
  public CompletionStage<Outcome> delete(String name, Version expected) {
    return send("delete", name, null, () -> deleted(name, server.delete(name, expected)));
  }

  private Outcome deleted(String name, Outcome outcome) {
    if (outcome instanceof Outcome.Written) {
      names.bucketNamed(name).ifPresent(world.invariants()::leaseDeleted);
    }
    return outcome;
  }

  @Override
  public CompletionStage<Outcome> removeUnseen(String name, Map<String, String> labels) {
    return send("remove unseen", name, null, () -> server.removeUnseen(name));
  }

  private CompletionStage<Outcome> send(
      String verb, String name, @Nullable LockRecord record, Supplier<Outcome> operation) {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    var unused =
        process.schedule(
            process.machine.clock.monotonic() + world.scenario().fleet().requestTimeout().toNanos(),
            () -> answer.complete(new Outcome.Unknown("Timeout")));
    Link.Fate fate = link.fate();
    switch (fate) {
      case LOST -> coverage.count(Happening.REQUEST_LOST);
      case REFUSED -> {
        coverage.count(Happening.REQUEST_REFUSED);
        link.send(() -> reply(answer, new Outcome.Refused("429")));
      }
      case ERROR_BEFORE -> {
        coverage.count(Happening.SERVER_ERROR_BEFORE_WRITE);
        link.send(() -> reply(answer, new Outcome.Unknown("500")));
      }
      case DELIVERED, REPLY_LOST, ERROR_AFTER ->
          link.send(
              () ->
                  arrived(
                      () -> verb + " " + name + " " + Text.of(record),
                      record,
                      operation.get(),
                      fate,
                      answer));
    }
    return answer;
  }

  private void arrived(
      Supplier<String> what,
      @Nullable LockRecord record,
      Outcome outcome,
      Link.Fate fate,
      CompletableFuture<Outcome> answer) {
    boolean late = answer.isDone();
    world
        .timeline()
        .note(
            process.name,
            () -> what.get() + ": " + Text.of(outcome) + (late ? " (late)" : "") + " " + fate);
    if (outcome == ApiServer.INVALID) {
      // It would be sent again and again, and refused again and again.
      world.invariants().stuck("Invalid: " + what.get());
    } else if (outcome instanceof Outcome.Conflict) {
      coverage.count(late ? Happening.LATE_WRITE_REFUSED_BY_ITS_VERSION : Happening.CONFLICT);
    } else {
      countDone(record, late);
    }
    if (fate == Link.Fate.ERROR_AFTER) {
      coverage.count(Happening.SERVER_ERROR_AFTER_WRITE);
      reply(answer, new Outcome.Unknown("500"));
    } else if (fate == Link.Fate.REPLY_LOST) {
      coverage.count(Happening.REPLY_LOST);
    } else {
      reply(answer, outcome);
    }
  }

  private void countDone(@Nullable LockRecord record, boolean late) {
    if (late) {
      coverage.count(Happening.WRITE_DONE_AFTER_ITS_TIMEOUT);
      coverage.count(doneLate);
    }
    if (record != null && !record.annotation(LeaseMetadata.FENCED).isEmpty()) {
      coverage.count(Happening.FENCED);
    }
    if (record != null && !record.annotation(LeaseMetadata.HANDED_OVER_BY).isEmpty()) {
      coverage.count(Happening.HANDED_OVER);
      if (world.invariants().isDead(record.holder())) {
        coverage.count(Happening.HANDED_OVER_TO_THE_DEAD);
      }
    }
  }

  private void reply(CompletableFuture<Outcome> answer, Outcome outcome) {
    if (!link.isDownCut()) {
      process.runAfter(link.latency(), () -> answer.complete(outcome));
    }
  }
}
