/**
 * A sample operator, sharded: a {@code WebPage} becomes a ConfigMap and, if it asks for servers, a
 * Deployment and a Service that show it.
 *
 * <p>Guaranteed: the ConfigMap {@code <name>-html} of each page holds the page's HTML; a page with
 * servers has a Deployment and a Service {@code <name>-web}, and a finalizer that deletes both
 * before the page goes; a page's status tells which generation was seen, by which replica and under
 * which epoch of its bucket, and its condition {@code Ready} whether all is as asked. Nothing is
 * written when nothing differs, and each write asks the permit first. An object of such a name that
 * belongs to somebody else is left alone, and the status says so.
 *
 * <p>Not guaranteed: that the ConfigMap goes with its page on a cluster without a garbage
 * collector; the owner reference asks for that and nothing else does.
 */
@NullMarked
package dev.leasehold.samples.webpage;

import org.jspecify.annotations.NullMarked;
