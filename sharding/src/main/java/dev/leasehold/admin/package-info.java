/**
 * What a replica shows over HTTP: its health, what it leads, and on a live page who leads what in
 * the whole component, as far as it sees.
 *
 * <p>Guaranteed: it answers before the first election begins, reads only, and shows neither
 * credentials nor the contents of objects. Not guaranteed: that what it shows still holds when it
 * is read.
 */
@NullMarked
package dev.leasehold.admin;

import org.jspecify.annotations.NullMarked;
