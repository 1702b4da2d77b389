/** Simulation. */
@NullMarked
package dev.leasehold.simulation;

import org.jspecify.annotations.NullMarked;
