/** What the work queue costs, beside the official Java client's; see docs/benchmarks/queue.md. */
@NullMarked
package dev.leasehold.e2e.benchmark;

import org.jspecify.annotations.NullMarked;
