package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls a reconciler or its cleanup, and sees to the finalizer around them.
 *
 * <p>The finalizer is on the resource before the reconciler sees it for the first time, and it
 * leaves after the cleanup has said that it is done. Whoever leads the bucket at a moment does the
 * next step, as the cached resource shows it; a step that was decided by an old state fails on its
 * version and is decided anew.
 *
 * <p>A resource that the cache doesn't have is gone, unless it has been seen to leave and selectors
 * may hide it. Then the API server is asked: what still bears the finalizer is cleaned up as if it
 * were to be deleted, and only then called gone. What was never in view is somebody else's,
 * whatever it bears: another component's with the same names, say.
 *
 * <p>As thread-safe as the reconciler and the cleanup.
 */
final class FinalizingReconciler<R extends HasMetadata> implements Reconciler<R> {

  /** What is newer than the cache is on its way; should it get lost, the key still comes back. */
  private static final Result LATER = Result.requeueAfter(Duration.ofSeconds(1));

  private static final Result AT_ONCE = Result.requeueAfter(Duration.ZERO);

  private final Reconciler<R> reconciler;
  private final Cleanup<R> cleanup;
  private final @Nullable Departures<R> departures;

  /**
   * Calls them.
   *
   * @param departures what may have left the view without being gone; null if nothing can
   */
  FinalizingReconciler(
      Reconciler<R> reconciler, Cleanup<R> cleanup, @Nullable Departures<R> departures) {
    this.reconciler = reconciler;
    this.cleanup = cleanup;
    this.departures = departures;
  }

  @Override
  public Result reconcile(Request<R> request) throws Exception {
    R resource = request.resource().orElse(null);
    if (resource == null) {
      return departures != null && departures.has(request.key())
          ? unseen(request, departures)
          : reconciler.reconcile(request);
    }
    return switch (cleanup.stepFor(resource)) {
      case RECONCILE -> reconciler.reconcile(request);
      case NOTHING -> Result.done();
      case ADD -> {
        Optional<R> marked = mark(request, resource);
        yield marked.isPresent()
            ? reconciler.reconcile(CachedRequest.with(request, marked.get()))
            : LATER;
      }
      case CLEAN_UP -> cleanUp(request, resource);
    };
  }

  /** Whether a resource waits for its cleanup: given up, it would wait for ever. */
  boolean owesCleanup(ResourceKey key, Optional<R> cached) {
    boolean isToGo =
        cached.filter(one -> cleanup.stepFor(one) == Cleanup.Step.CLEAN_UP).isPresent();
    return isToGo || (departures != null && departures.has(key));
  }

  private Result unseen(Request<R> request, Departures<R> departures) throws Exception {
    R hidden = departures.find(request.key()).orElse(null);
    if (hidden != null && hidden.hasFinalizer(cleanup.finalizer())) {
      if (departures.isSelected(request.key())) {
        // The cache is behind: it is back, or there is another of its name.
        return LATER;
      }
      Result result = cleanUp(CachedRequest.with(request, hidden), hidden);
      // Once it is released the next run calls it gone, with as many retries as any other.
      return result instanceof Result.Done ? AT_ONCE : result;
    }
    departures.settle(request.key());
    return reconciler.reconcile(request);
  }

  private Result cleanUp(Request<R> request, R resource) throws Exception {
    Result result = cleanup.reconciler().reconcile(request);
    return result instanceof Result.Done ? release(request, resource) : result;
  }

  /** Empty if the resource is no longer as the cache had it; the next run sees what it is now. */
  private Optional<R> mark(Request<R> request, R resource) {
    try {
      return Optional.of(request.writes().replaceFinalizers(resource, cleanup.addedTo(resource)));
    } catch (KubernetesClientException refused) {
      if (isConflict(refused) || isGone(refused)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private Result release(Request<R> request, R resource) {
    try {
      request.writes().replaceFinalizers(resource, cleanup.removedFrom(resource));
      return Result.done();
    } catch (KubernetesClientException refused) {
      if (isGone(refused)) {
        return Result.done();
      }
      if (isConflict(refused)) {
        return LATER;
      }
      throw refused;
    }
  }

  private static boolean isConflict(KubernetesClientException refused) {
    return refused.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  private static boolean isGone(KubernetesClientException refused) {
    return refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }
}
