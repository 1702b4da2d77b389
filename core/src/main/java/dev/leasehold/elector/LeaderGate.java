package dev.leasehold.elector;

import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For programs that do nothing before they lead and end when they no longer do.
 *
 * <pre>{@code
 * try (LeaderGate gate = LeaderGate.open(LeaderElector.of(lock))) {
 *   gate.exitWhenLost(System::exit);
 *   TermView term = gate.awaitLeadership();
 *   run(term);
 * }
 * }</pre>
 *
 * <p>A gate opens for one term. Once that is lost the gate stays closed and leaves the election, so
 * that no lock is held by a program that doesn't know it. The lock isn't released before every
 * {@link #onLost} has returned. Thread-safe: any number of threads may watch.
 */
public final class LeaderGate implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LeaderGate.class);

  /** The status that {@link #exitWhenLost} exits with. */
  public static final int EXIT_STATUS = 1;

  private final CountDownLatch decided = new CountDownLatch(1);
  private final LeaderElector elector;
  private final Object monitor = new Object();

  /** Guarded by {@code monitor}. */
  private final List<Runnable> onLost = new ArrayList<>();

  /** Guarded by {@code monitor}. */
  private @Nullable IntConsumer exit;

  /** The gate's one term. Guarded by {@code monitor}. */
  private @Nullable TermView term;

  /** Why the gate is closed for good. Guarded by {@code monitor}. */
  private @Nullable EndCause lost;

  private volatile boolean exiting;

  private LeaderGate(LeaderElectorBuilder builder, @Nullable Ports ports) {
    builder.listener(new Watch());
    this.elector = ports == null ? builder.build() : builder.build(ports);
  }

  /**
   * Makes the elector and starts it.
   *
   * @param elector its description; not to be used again
   */
  public static LeaderGate open(LeaderElectorBuilder elector) {
    return started(new LeaderGate(elector, null));
  }

  static LeaderGate open(LeaderElectorBuilder elector, Ports ports) {
    return started(new LeaderGate(elector, ports));
  }

  private static LeaderGate started(LeaderGate gate) {
    gate.elector.start();
    return gate;
  }

  /**
   * Blocks until this process leads.
   *
   * @return the term; it may be over already, which it tells
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalStateException if the gate was closed before it ever opened
   */
  public TermView awaitLeadership() throws InterruptedException {
    decided.await();
    synchronized (monitor) {
      if (term == null) {
        throw new IllegalStateException("The gate was closed before this process led.");
      }
      return term;
    }
  }

  /** Whether the gate is open now: the term has begun and still stands. */
  public boolean isLeading() {
    return term().isPresent();
  }

  /** The term, if it stands now. */
  public Optional<TermView> term() {
    synchronized (monitor) {
      return Optional.ofNullable(lost == null ? term : null).filter(TermView::isValid);
    }
  }

  /**
   * Runs something when the term is lost or given up, before the lock is released: end the work
   * here. On the elector's callback thread, or at once on the caller's if it is lost already.
   *
   * @param action returns when its work has stopped; if it throws, that is logged
   */
  public void onLost(Runnable action) {
    synchronized (monitor) {
      if (lost == null) {
        onLost.add(action);
        return;
      }
    }
    guarded(action);
  }

  /**
   * Ends the process when the term is lost, but not when it is given up by {@link #close}. Called
   * after every {@link #onLost}; the lock is kept until it expires if the call doesn't return.
   *
   * @param exitHook {@code System::exit}, say; is given {@value #EXIT_STATUS}
   */
  public void exitWhenLost(IntConsumer exitHook) {
    EndCause already;
    synchronized (monitor) {
      exit = exitHook;
      already = lost;
    }
    if (already != null && already != EndCause.RESIGNED) {
      exit(exitHook);
    }
  }

  /** Leaves the election: see {@link LeaderElector#close}. */
  @Override
  public void close() {
    if (exiting) {
      // A shutdown hook, while the callback thread waits in System.exit for that very hook.
      return;
    }
    elector.close();
    decided.countDown();
  }

  private void lose(EndCause cause) {
    List<Runnable> actions;
    IntConsumer hook;
    synchronized (monitor) {
      lost = cause;
      actions = List.copyOf(onLost);
      hook = cause == EndCause.RESIGNED ? null : exit;
    }
    actions.forEach(LeaderGate::guarded);
    if (hook != null) {
      exit(hook);
    }
    elector.close();
  }

  private void exit(IntConsumer hook) {
    exiting = true;
    guarded(() -> hook.accept(EXIT_STATUS));
    exiting = false;
  }

  private static void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error broken) {
      log.error("What was to run when leadership is lost failed.", broken);
    }
  }

  /** Follows the first term only. */
  private final class Watch implements LeaderListener {

    @Override
    public void onStart(TermView begun) {
      synchronized (monitor) {
        term = begun;
      }
      decided.countDown();
    }

    @Override
    public void onStop(TermView ended, EndCause cause) {
      lose(cause);
    }
  }
}
