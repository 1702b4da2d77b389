package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What has to be done before a resource may go, and the finalizer that makes the API server wait
 * for it.
 *
 * <p>Immutable, and as thread-safe as its reconciler.
 *
 * @param finalizer the mark on the resource, such as {@code example.com/cdn}
 * @param reconciler what is done
 */
record Cleanup<R extends HasMetadata>(String finalizer, Reconciler<R> reconciler) {

  // A qualified name, as the API server wants it: a DNS subdomain, a slash and a short name.
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "(?=[^/]{1,253}/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
              + "/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  Cleanup {
    if (!QUALIFIED.matcher(finalizer).matches()) {
      throw new IllegalArgumentException(
          "'%s' can't be a finalizer; write a domain, a slash and a name, such as example.com/cdn."
              .formatted(finalizer));
    }
  }

  /** What a run has to do about the finalizer. */
  enum Step {
    /** It is missing: add it, and only then reconcile. */
    ADD,
    /** It is there: reconcile. */
    RECONCILE,
    /** The resource is to go: clean up, and only then remove it. */
    CLEAN_UP,
    /** The resource is to go and has been cleaned up; others may still hold it. */
    NOTHING
  }

  Step stepFor(R resource) {
    boolean isMarked = resource.hasFinalizer(finalizer);
    if (resource.isMarkedForDeletion()) {
      return isMarked ? Step.CLEAN_UP : Step.NOTHING;
    }
    return isMarked ? Step.RECONCILE : Step.ADD;
  }

  /** The resource's finalizers with this one. */
  List<String> addedTo(R resource) {
    List<String> finalizers = new ArrayList<>(resource.getFinalizers());
    finalizers.add(finalizer);
    return finalizers;
  }

  /** The resource's finalizers without this one. */
  List<String> removedFrom(R resource) {
    List<String> finalizers = new ArrayList<>(resource.getFinalizers());
    finalizers.removeIf(finalizer::equals);
    return finalizers;
  }
}
