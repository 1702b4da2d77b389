/** Tests. */
@NullMarked
package dev.leasehold.lock;

import org.jspecify.annotations.NullMarked;
