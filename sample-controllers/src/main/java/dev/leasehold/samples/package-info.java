/**
 * The samples' program. {@link dev.leasehold.samples.Main} is what {@code java -jar} runs; the
 * commands are in {@code dev.leasehold.samples.cli}.
 *
 * <p>Guaranteed: nothing but {@code main} ends the process, so everything else can be used in
 * another one, a test's, say.
 */
@NullMarked
package dev.leasehold.samples;

import org.jspecify.annotations.NullMarked;
