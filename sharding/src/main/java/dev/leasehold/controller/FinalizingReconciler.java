package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls a reconciler or its cleanup, and sees to the finalizer around them.
 *
 * <p>The finalizer is on the resource before the reconciler sees it for the first time, and it
 * leaves after the cleanup has said that it is done. Whoever leads the bucket at a moment does the
 * next step, as the cached resource shows it; a step that was decided by an old state fails on its
 * version and is decided anew.
 *
 * <p>As thread-safe as the reconciler and the cleanup.
 */
final class FinalizingReconciler<R extends HasMetadata> implements Reconciler<R> {

  /** What is newer than the cache is on its way; should it get lost, the key still comes back. */
  private static final Result LATER = Result.requeueAfter(Duration.ofSeconds(1));

  private final Reconciler<R> reconciler;
  private final Cleanup<R> cleanup;

  FinalizingReconciler(Reconciler<R> reconciler, Cleanup<R> cleanup) {
    this.reconciler = reconciler;
    this.cleanup = cleanup;
  }

  @Override
  public Result reconcile(Request<R> request) throws Exception {
    R resource = request.resource().orElse(null);
    if (resource == null) {
      return reconciler.reconcile(request);
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
      case CLEAN_UP -> {
        Result result = cleanup.reconciler().reconcile(request);
        yield result instanceof Result.Done ? release(request, resource) : result;
      }
    };
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
