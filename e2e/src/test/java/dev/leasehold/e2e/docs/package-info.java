/** The documentation says what is: its code is compiled, its commands are run. */
@NullMarked
package dev.leasehold.e2e.docs;

import org.jspecify.annotations.NullMarked;
