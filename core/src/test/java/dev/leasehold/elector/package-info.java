/** Tests. */
@NullMarked
package dev.leasehold.elector;

import org.jspecify.annotations.NullMarked;
