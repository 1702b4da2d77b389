/** Measures what is promised of speed and cost, on a real API server with replicas as processes. */
@NullMarked
package dev.leasehold.e2e.benchmark;

import org.jspecify.annotations.NullMarked;
