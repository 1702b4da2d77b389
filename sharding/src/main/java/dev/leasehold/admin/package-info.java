/**
 * What a replica shows of itself over HTTP: health, and what it leads.
 *
 * <p>Guaranteed: it answers before the first election begins, reads only, and shows neither
 * credentials nor the contents of objects. Not guaranteed: that what it shows still holds when it
 * is read.
 */
@NullMarked
package dev.leasehold.admin;

import org.jspecify.annotations.NullMarked;
