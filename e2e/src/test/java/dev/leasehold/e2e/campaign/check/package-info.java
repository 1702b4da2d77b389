/**
 * Decides whether what replicas did during a campaign of faults kept the promises. Pure: it reads
 * neither clocks nor files nor the cluster.
 *
 * <p>Two things that the framework doesn't promise are no violations, and are counted instead: a
 * reconcile that was running when its process was stopped goes on when the process does, and a
 * worker that was stopped between its permit and its reconcile begins it then (see {@link
 * dev.leasehold.e2e.campaign.check.Thawed}). The writes of both are refused or carry an old epoch.
 *
 * <p>Not decided: what a killed process did after the last line of its trace.
 */
@NullMarked
package dev.leasehold.e2e.campaign.check;

import org.jspecify.annotations.NullMarked;
