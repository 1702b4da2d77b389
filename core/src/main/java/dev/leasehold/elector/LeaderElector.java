package dev.leasehold.elector;

import dev.leasehold.election.ElectionSettings;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.time.Clocks;
import dev.leasehold.time.ThreadEventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one leader by one lock, with nothing of sharding.
 *
 * <pre>{@code
 * LeaderElector elector =
 *     LeaderElector.of(Lock.lease("shop", "shop-leader"))
 *         .onStart(term -> work.begin(term))
 *         .onStop(() -> work.endAndWait())
 *         .build();
 * elector.start();
 * ...
 * elector.close();
 * }</pre>
 *
 * <p>Guaranteed, while clock rates differ by less than lease duration : renew deadline: at most one
 * elector's term stands at any moment, electors of client-go on the same lock included as far as
 * they keep to that themselves. {@code onStop} has returned before the lock is released or
 * campaigned for again. Callbacks run one at a time on a thread of their own. After a loss the
 * elector campaigns again, for ever, until it is closed.
 *
 * <p>Not guaranteed: that work which neither asks the {@link TermView} nor returns from {@code
 * onStop} is over when another leads. Only the epoch fences such work: send it along, and let the
 * other side refuse a smaller one.
 *
 * <p>Thread-safe.
 */
public final class LeaderElector implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LeaderElector.class);

  private final Lock lock;
  private final ElectionSettings settings;
  private final Ports ports;
  private final ThreadEventLoop loop;
  private final Callbacks callbacks;
  private final ElectionDriver driver;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();
  private final AtomicBoolean tornDown = new AtomicBoolean();

  private volatile @Nullable TermView term;
  private volatile String leader = "";

  LeaderElector(Lock lock, ElectionSettings settings, Ports ports, List<LeaderListener> listeners) {
    this.lock = lock;
    this.settings = settings;
    this.ports = ports;
    this.loop = new ThreadEventLoop("leasehold-elector", Clocks.system());
    this.callbacks = new Callbacks(listeners, "leasehold-callbacks");
    this.driver =
        new ElectionDriver(
            loop, ports.store(), lock.name(), settings, ports.feed()::refresh, new Relay());
  }

  /** Begins the description of an elector for a lock. */
  public static LeaderElectorBuilder of(Lock lock) {
    return new LeaderElectorBuilder(lock);
  }

  /**
   * Begins to campaign; returns at once.
   *
   * @throws IllegalStateException if it was started or closed before
   */
  public void start() {
    if (closing.get() || started.getAndSet(true)) {
      throw new IllegalStateException("The elector of %s can be started once.".formatted(lock));
    }
    ports.feed().start(event -> loop.execute(() -> onFeed(event)));
  }

  /** Who this is: what the lock shows while this elector leads. */
  public String identity() {
    return settings.identity();
  }

  /** Whether this elector leads, now. */
  public boolean isLeading() {
    return term().isPresent();
  }

  /** The term, if it stands now. */
  public Optional<TermView> term() {
    return Optional.ofNullable(term).filter(TermView::isValid);
  }

  /**
   * The holder that the lock showed last; empty for nobody, or before it was seen. As it is there,
   * see {@link LeaderListener#onNewLeader}.
   */
  public String leader() {
    return leader;
  }

  /**
   * Stops campaigning. A term ends at once; when {@code onStop} has returned, the lock is released.
   *
   * <p>Waits for that, up to the lease duration, and then leaves the lock to expire. Called by a
   * listener it doesn't wait. Calling it again does nothing more.
   */
  @Override
  public void close() {
    if (!closing.getAndSet(true)) {
      loop.execute(driver::resign);
    }
    if (callbacks.isThread(Thread.currentThread())) {
      var unused = finished.whenComplete((done, never) -> tearDownAside());
      return;
    }
    try {
      finished.get(settings.timings().leaseDuration().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException late) {
      log.warn("The work under {} has not stopped; the lock is left to expire.", lock);
    }
    tearDown();
  }

  /** On a thread of its own, since no thread of the elector can end itself and wait. */
  private void tearDownAside() {
    Thread thread = new Thread(this::tearDown, "leasehold-close");
    thread.setDaemon(true);
    thread.start();
  }

  private void tearDown() {
    if (!tornDown.getAndSet(true)) {
      ports.feed().close();
      loop.close();
      callbacks.close();
      ports.close().run();
    }
  }

  private void onFeed(LockEvent event) {
    if (!tornDown.get()) {
      driver.onFeed(event);
    }
  }

  /** Hands what the election says to the callbacks; runs on the loop. */
  private final class Relay implements ElectionDriver.Listener {

    private Callbacks.@Nullable Announced announced;

    @Override
    public void onBegin(TermView begun) {
      term = begun;
      log.info("{} leads by {}, epoch {}.", identity(), lock, Long.toUnsignedString(begun.epoch()));
      announced = callbacks.begun(begun);
    }

    @Override
    public void onEnd(TermView ended, EndCause cause) {
      log.info("{} no longer leads by {}: {}.", identity(), lock, cause.text());
      Callbacks.Announced over = announced;
      if (over != null) {
        over.ended(cause, () -> loop.execute(driver::workStopped));
      }
    }

    @Override
    public void onHolder(String identity) {
      leader = identity;
      callbacks.newLeader(identity);
    }

    @Override
    public void onFinished() {
      finished.complete(null);
    }
  }
}
