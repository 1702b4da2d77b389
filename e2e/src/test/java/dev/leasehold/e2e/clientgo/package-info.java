/** Our elector and client-go's on one lock of a real API server. */
@NullMarked
package dev.leasehold.e2e.clientgo;

import org.jspecify.annotations.NullMarked;
