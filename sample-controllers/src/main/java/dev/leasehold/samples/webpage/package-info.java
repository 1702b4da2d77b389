/**
 * A sample controller: a {@code WebPage} becomes a ConfigMap that a web server could mount.
 *
 * <p>Guaranteed: the ConfigMap {@code <name>-html} of each page holds the page's HTML; a page's
 * status tells which generation was seen, by which replica and under which epoch of its bucket.
 * Nothing is written when nothing differs, and each write asks the permit first. A ConfigMap of
 * that name that belongs to somebody else is left alone, and the status says so.
 *
 * <p>Not guaranteed: that the ConfigMap goes with its page on a cluster without a garbage
 * collector; the owner reference asks for that and nothing else does.
 */
@NullMarked
package dev.leasehold.samples.webpage;

import org.jspecify.annotations.NullMarked;
