package dev.leasehold.controller;

import org.jspecify.annotations.Nullable;

/**
 * Hears of each run of a reconciler, for tracing and measuring.
 *
 * <p>Called on the worker's thread, by several threads at once: {@code started} right after the
 * permit was found valid and right before the reconciler is called, {@code ended} right after it
 * has returned or thrown and before the key may run anywhere else. So between the two calls this
 * replica is inside a reconcile of the key, and at no other time. What a listener throws is logged
 * and changes nothing; the time it takes is the worker's.
 */
public interface ReconcileListener {

  /** Listens to nothing. */
  ReconcileListener NONE = new ReconcileListener() {};

  /**
   * A run begins.
   *
   * @param run which
   */
  default void started(Run run) {}

  /**
   * The run of a preceding {@code started} has ended.
   *
   * @param run which
   * @param outcome how
   * @param cause what the reconciler threw, if it did
   */
  default void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {}
}
