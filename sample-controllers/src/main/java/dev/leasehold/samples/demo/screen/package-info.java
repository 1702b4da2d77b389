/**
 * What the demo shows: lines that stay, and on a terminal a table below them that is redrawn in
 * place.
 *
 * <p>Guaranteed: without a terminal (a file, a pipe, a CI log, {@code TERM=dumb}) or with {@code
 * NO_COLOR} set, no control character is written, nothing is written twice, and each line makes
 * sense by itself. Not guaranteed: a table that fits; it leaves out buckets beyond a limit, and
 * says so.
 */
@NullMarked
package dev.leasehold.samples.demo.screen;

import org.jspecify.annotations.NullMarked;
