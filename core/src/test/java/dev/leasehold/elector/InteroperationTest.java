package dev.leasehold.elector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.election.ElectionSettings;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import dev.leasehold.election.Timings;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Our elector and client-go's on one lock, and the driver that runs ours. */
class InteroperationTest {

  private static final String NAME = "lead";

  private final MemoryLocks locks = new MemoryLocks();
  private final FakeLoop loop = new FakeLoop();
  private final ClientGo go = new ClientGo(locks, NAME, "go");
  private final List<String> calls = new ArrayList<>();
  private @Nullable TermView term;
  private boolean throwing;
  private Runnable workStopped = () -> {};

  private ElectionDriver ours() {
    var feed = locks.feed();
    var settings =
        new ElectionSettings("ours", "run", Timings.defaults(), ElectionSettings.LockKind.SHARED);
    var driver = new ElectionDriver(loop, locks, NAME, settings, feed::refresh, new Recording());
    workStopped = driver::workStopped;
    feed.start(event -> loop.execute(() -> driver.onFeed(event)));
    loop.run();
    return driver;
  }

  private boolean oursLeads() {
    return term != null && term.isValid();
  }

  private boolean goTries() {
    boolean holds = go.tryAcquireOrRenew(loop.wall());
    loop.run();
    return holds;
  }

  /** Both go on for a while, client-go with its retry period; never do both lead. */
  private void bothFor(int seconds) {
    for (int i = 0; i < seconds; i += 2) {
      boolean holds = goTries();
      assertThat(holds && oursLeads()).isFalse();
      loop.pass(2);
    }
  }

  @Test
  void oursObeysALeaseThatClientGoRenews() {
    assertThat(goTries()).isTrue();
    ElectionDriver unused = ours();
    bothFor(120);
    assertThat(term).isNull();
  }

  @Test
  void oursTakesOverOneDurationAfterClientGoCrashed() {
    assertThat(goTries()).isTrue();
    ElectionDriver unused = ours();
    bothFor(20);
    assertThat(goTries()).isTrue();
    loop.pass(14.9);
    assertThat(oursLeads()).isFalse();
    loop.pass(0.2);
    assertThat(oursLeads()).isTrue();
    assertThat(locks.record(NAME).transitions()).isEqualTo(1);
  }

  @Test
  void oursTakesOverWhatClientGoReleasedAfterTheSecondItSays() {
    assertThat(goTries()).isTrue();
    ElectionDriver unused = ours();
    bothFor(20);
    assertThat(go.release(loop.wall())).isTrue();
    loop.pass(0.9);
    assertThat(oursLeads()).isFalse();
    loop.pass(0.2);
    assertThat(oursLeads()).isTrue();
  }

  @Test
  void clientGoObeysALeaseThatOursRenews() {
    ElectionDriver unused = ours();
    loop.pass(16);
    assertThat(oursLeads()).isTrue();
    bothFor(120);
    assertThat(oursLeads()).isTrue();
    assertThat(go.isLeader()).isFalse();
  }

  @Test
  void clientGoTakesWhatOursReleasedAtOnceAndOursComesBackAfterIt() {
    ElectionDriver first = ours();
    loop.pass(16);
    assertThat(goTries()).isFalse();
    first.resign();
    loop.run();
    LockRecord released = locks.record(NAME);
    assertThat(released.holder()).isEmpty();
    assertThat(released.durationSeconds()).isEqualTo(1);
    assertThat(goTries()).isTrue();
    assertThat(locks.record(NAME).transitions()).isEqualTo(1);

    ElectionDriver second = ours();
    bothFor(60);
    assertThat(oursLeads()).as("client-go keeps our old marks and is obeyed").isFalse();
    assertThat(go.release(loop.wall())).isTrue();
    loop.pass(1.1);
    assertThat(oursLeads()).isTrue();
    assertThat(second.state().settings().identity()).isEqualTo("ours");
  }

  @Test
  void clientGoTakesOverOneDurationAfterOursCrashed() {
    ElectionDriver unused = ours();
    loop.pass(16);
    assertThat(goTries()).isFalse();
    loop.crash();
    loop.pass(14.9);
    assertThat(goTries()).isFalse();
    loop.pass(0.2);
    assertThat(oursLeads()).isFalse();
    assertThat(goTries()).isTrue();
  }

  @Test
  void aListenerThatThrowsChangesNothing() {
    throwing = true;
    ElectionDriver driver = ours();
    loop.pass(40);
    assertThat(oursLeads()).isTrue();
    driver.resign();
    loop.run();
    assertThat(locks.record(NAME).holder()).isEmpty();
    assertThat(calls).contains("begin", "end", "finished");
  }

  @Test
  void aStoreThatThrowsIsAnUnknownOutcome() {
    var feed = locks.feed();
    var broken = new BrokenStore();
    var settings =
        new ElectionSettings("ours", "run", Timings.defaults(), ElectionSettings.LockKind.OWN);
    var driver = new ElectionDriver(loop, broken, NAME, settings, feed::refresh, new Recording());
    feed.start(event -> loop.execute(() -> driver.onFeed(event)));
    loop.pass(9);
    assertThat(broken.tries).isGreaterThan(2);
  }

  private final class Recording implements ElectionDriver.Listener {

    @Override
    public void onBegin(TermView begun) {
      term = begun;
      heard("begin");
    }

    @Override
    public void onEnd(TermView ended, EndCause cause) {
      loop.execute(workStopped);
      heard("end");
    }

    @Override
    public void onHolder(String identity) {
      heard("holder " + identity);
    }

    @Override
    public void onFinished() {
      heard("finished");
    }

    private void heard(String what) {
      calls.add(what);
      if (throwing) {
        throw new IllegalStateException(what);
      }
    }
  }

  /** As a store whose executor was shut down. */
  private static final class BrokenStore implements LockStore {

    private int tries;

    @Override
    public CompletionStage<Outcome> create(String name, LockRecord record) {
      tries++;
      throw new RejectedExecutionException("closed");
    }

    @Override
    public CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
      throw new RejectedExecutionException("closed");
    }

    @Override
    public CompletionStage<Outcome> delete(String name, Version expected) {
      throw new RejectedExecutionException("closed");
    }
  }
}
