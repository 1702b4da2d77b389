/** What users are promised, on a real API server with replicas as processes. */
@NullMarked
package dev.leasehold.e2e.scenario;

import org.jspecify.annotations.NullMarked;
