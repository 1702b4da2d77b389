/** A browser for tests, by the WebDriver protocol. */
@NullMarked
package dev.leasehold.e2e.browser;

import org.jspecify.annotations.NullMarked;
