package dev.leasehold.controller;

import dev.leasehold.controller.Run.Outcome;
import dev.leasehold.queue.Permit;
import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Runs the reconciler for a key that was taken from the queue, and tells the queue how it went,
 * whatever happens.
 *
 * <p>Thread-safe; called on the workers' threads.
 */
final class Reconciliation<R extends HasMetadata> {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  /** So many conflicts in a row are not the cache's delay any more. */
  private static final int UNUSUALLY_MANY = 5;

  private final Controller<R> controller;
  private final Optional<FinalizingReconciler<R>> finalizing;
  private final Reconciler<R> reconciler;
  private final BucketCache<R> cache;
  private final WorkQueue<ResourceKey> queue;
  private final OwnWrites own;
  private final RunningThreads running;
  private final ControllerPorts ports;

  /** How a run ended: a result, or what was thrown instead of one. */
  private record Ending(Outcome outcome, @Nullable Result result, @Nullable Throwable cause) {}

  Reconciliation(
      Controller<R> controller,
      BucketCache<R> cache,
      WorkQueue<ResourceKey> queue,
      OwnWrites own,
      RunningThreads running,
      ControllerPorts ports) {
    this.controller = controller;
    this.finalizing =
        controller
            .cleanup()
            .map(
                cleanup ->
                    new FinalizingReconciler<>(
                        controller.reconciler(), cleanup, cache.departures()));
    this.reconciler = finalizing.isPresent() ? finalizing.get() : controller.reconciler();
    this.cache = cache;
    this.queue = queue;
    this.own = own;
    this.running = running;
    this.ports = ports;
  }

  /** Runs one key; throws nothing but what the machine itself throws when it is at its end. */
  void run(Work<ResourceKey> work) {
    Ending ending = new Ending(Outcome.FAILED, null, null);
    try {
      describe(work);
      Run run = runOf(work);
      ending = reconcile(work, run);
      if (ending != null) {
        report(run, ending);
      }
    } finally {
      MDC.clear();
      settle(work, ending);
    }
  }

  private static Run runOf(Work<ResourceKey> work) {
    Permit permit = work.permit();
    return new Run(
        permit.identity(), work.bucket(), permit.epoch(), work.key(), work.attempt(), work.lane());
  }

  /** Returns null if the run must not begin, because the permit has lapsed in the meantime. */
  private @Nullable Ending reconcile(Work<ResourceKey> work, Run run) {
    // Registered before the permit is asked: a bucket is interrupted only after its permit has
    // lapsed, so this thread either is found by the interrupt or finds the permit lapsed.
    long began = ports.clocks().nanos();
    running.begin(work.bucket().index(), work.key(), began);
    ports.tally().waited(began - work.dueNanos());
    Ending ending = null;
    boolean timedOut = false;
    try {
      if (work.permit().isValid()) {
        ports.listener().started(run);
        ending = callReconciler(work);
      } else {
        ports.tally().count(Occurrence.PERMIT_REFUSED);
      }
    } finally {
      timedOut = running.end();
      ports.tally().worked(ports.clocks().nanos() - began, ending != null);
    }
    Ending judged = ending == null ? null : judged(ending, work, timedOut);
    if (judged != null && judged.outcome() == Outcome.DONE) {
      cache.dealtWith(work.key(), began);
    }
    return judged;
  }

  private Ending judged(Ending ending, Work<ResourceKey> work, boolean timedOut) {
    Ending judged = ending;
    if (timedOut && judged.outcome() != Outcome.LOST) {
      // Whatever it returned: code that is interrupted may well leave early and say that it's done.
      judged = new Ending(Outcome.TIMED_OUT, null, judged.cause());
    }
    boolean isLast = work.attempt() > controller.retries() && !owesCleanup(work.key());
    return switch (judged.outcome()) {
      case FAILED, TIMED_OUT, RETRIED ->
          isLast ? new Ending(Outcome.GIVEN_UP, null, judged.cause()) : judged;
      case DONE, REQUEUED, LOST, GIVEN_UP -> judged;
    };
  }

  private boolean owesCleanup(ResourceKey key) {
    return finalizing.isPresent() && finalizing.get().owesCleanup(key, cache.get(key));
  }

  private Ending callReconciler(Work<ResourceKey> work) {
    try {
      // Before the cache is asked: what it shows from now on, this run has seen.
      own.runs(work.key());
      Writes writes = Writes.of(ports, own, work.permit(), work.key());
      Result result = reconciler.reconcile(CachedRequest.of(work, cache.get(work.key()), writes));
      if (result == null) {
        throw new NullPointerException(
            "The reconciler returned null; it has to return a result, such as Result.done().");
      }
      return new Ending(outcomeOf(result), result, null);
    } catch (Throwable cause) {
      // Errors too: one key's stack overflow or missing class is no reason to stop the others.
      return new Ending(work.permit().isValid() ? Outcome.FAILED : Outcome.LOST, null, cause);
    }
  }

  private static Outcome outcomeOf(Result result) {
    if (result instanceof Result.RequeueAfter) {
      return Outcome.REQUEUED;
    }
    return result instanceof Result.Retry ? Outcome.RETRIED : Outcome.DONE;
  }

  private void report(Run run, Ending ending) {
    try {
      log(run, ending);
    } finally {
      // Without memory the log may throw.
      ports.listener().ended(run, ending.outcome(), ending.cause());
    }
  }

  private void log(Run run, Ending ending) {
    Throwable loggable = Loggable.of(ending.cause());
    switch (ending.outcome()) {
      case FAILED -> {
        // A conflict says that the cache was behind, which it is now and then and not for long.
        boolean isUsual = isConflict(ending.cause()) && run.attempt() < UNUSUALLY_MANY;
        LOG.atLevel(isUsual ? Level.DEBUG : Level.WARN)
            .setCause(loggable)
            .log(
                "Controller {} failed to reconcile {}, attempt {}; it will be retried.",
                controller.name(),
                run.key(),
                run.attempt());
      }
      case TIMED_OUT ->
          LOG.warn(
              "Controller {} was interrupted at its timeout for {}, attempt {}; it will be retried.",
              controller.name(),
              run.key(),
              run.attempt(),
              loggable);
      case GIVEN_UP ->
          LOG.error(
              "Controller {} gives up on {} after attempt {}, until something changes.",
              controller.name(),
              run.key(),
              run.attempt(),
              loggable);
      case LOST ->
          LOG.debug(
              "Controller {} gave up on {}, because the term of its bucket is over.",
              controller.name(),
              run.key(),
              ending.cause());
      case DONE, REQUEUED, RETRIED -> {}
    }
    if (loggable != ending.cause()) {
      LOG.debug("What was thrown for {}:", run.key(), ending.cause());
    }
  }

  private void settle(Work<ResourceKey> work, @Nullable Ending ending) {
    if (ending == null || ending.outcome() == Outcome.LOST) {
      queue.putBack(work);
    } else if (ending.result() instanceof Result.RequeueAfter requeue) {
      queue.doneUntil(work, requeue.delay());
    } else if (ending.outcome() == Outcome.DONE || ending.outcome() == Outcome.GIVEN_UP) {
      queue.done(work);
    } else {
      queue.failed(work);
    }
  }

  private static boolean isConflict(@Nullable Throwable cause) {
    return cause instanceof KubernetesClientException refused
        && refused.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  private static void describe(Work<ResourceKey> work) {
    MDC.put("controller", work.bucket().controller());
    MDC.put("bucket", Integer.toString(work.bucket().index()));
    MDC.put("resource.namespace", work.key().namespace());
    MDC.put("resource.name", work.key().name());
  }
}
