/** Figures of the work queue and of hand-overs; see docs/benchmarks. */
@NullMarked
package dev.leasehold.e2e.benchmark;

import org.jspecify.annotations.NullMarked;
