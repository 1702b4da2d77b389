/**
 * What a replica counts and measures, through Micrometer.
 *
 * <p>Guaranteed: {@link dev.leasehold.metrics.Metric} lists every metric with its labels, and
 * nothing else is registered; no label takes more values than there are controllers or causes,
 * unless metrics for each bucket were asked for; what can be read is read when somebody scrapes and
 * costs nothing in between. Not guaranteed: that figures of one scrape were all true at one moment.
 */
@NullMarked
package dev.leasehold.metrics;

import org.jspecify.annotations.NullMarked;
