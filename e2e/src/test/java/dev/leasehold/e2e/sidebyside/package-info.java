/** Ours beside every Java peer, on one API server and in one run; see docs/benchmarks. */
@NullMarked
package dev.leasehold.e2e.sidebyside;

import org.jspecify.annotations.NullMarked;
