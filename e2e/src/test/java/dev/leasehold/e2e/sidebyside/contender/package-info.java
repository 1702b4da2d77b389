/**
 * What is compared, ours and the peers, as programs of their own that say on standard output what
 * they do and when. They do what their users would; nothing here makes one faster or slower.
 */
@NullMarked
package dev.leasehold.e2e.sidebyside.contender;

import org.jspecify.annotations.NullMarked;
