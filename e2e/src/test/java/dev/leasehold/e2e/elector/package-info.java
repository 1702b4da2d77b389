/** Plain election on a real API server, alone and beside client-go. */
@NullMarked
package dev.leasehold.e2e.elector;

import org.jspecify.annotations.NullMarked;
