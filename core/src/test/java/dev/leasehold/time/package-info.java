/** Tests. */
@NullMarked
package dev.leasehold.time;

import org.jspecify.annotations.NullMarked;
