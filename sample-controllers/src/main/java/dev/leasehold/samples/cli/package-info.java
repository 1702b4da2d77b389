/**
 * The command line of the samples.
 *
 * <p>Guaranteed: what was asked for goes to stdout, everything else to stderr. A failure is one
 * sentence there, without a stack trace unless {@code --stacktrace} asks for it. Exit codes: 0 when
 * all went well, 2 when the command line can't be meant, 1 when the world is not as needed: an API
 * server that can't be reached or forbids something, a resource type or a file that isn't there, a
 * port in use.
 */
@NullMarked
package dev.leasehold.samples.cli;

import org.jspecify.annotations.NullMarked;
