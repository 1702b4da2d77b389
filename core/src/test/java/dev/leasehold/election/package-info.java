/** Tests of the election: its rules one by one, and all of them at once over random schedules. */
@NullMarked
package dev.leasehold.election;

import org.jspecify.annotations.NullMarked;
