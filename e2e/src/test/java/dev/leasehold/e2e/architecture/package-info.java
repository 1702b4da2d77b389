/** The shape of the code, as tests. */
@NullMarked
package dev.leasehold.e2e.architecture;

import org.jspecify.annotations.NullMarked;
