/** The samples on a real API server, as they are shipped. */
@NullMarked
package dev.leasehold.e2e.samples;

import org.jspecify.annotations.NullMarked;
