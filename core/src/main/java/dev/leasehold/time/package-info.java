/**
 * The clocks and timers that everything else is given, so that no decision reads a clock by itself.
 *
 * <p>Guaranteed: monotonic and wall time have different types and never meet. Not guaranteed: that
 * a monotonic clock goes on while the machine is suspended, which is why {@link
 * dev.leasehold.time.Now} carries both.
 */
@NullMarked
package dev.leasehold.time;

import org.jspecify.annotations.NullMarked;
