package dev.leasehold.samples.routes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Where a host name leads.
 *
 * @param host the host name
 * @param service the service that answers for it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Route(String host, String service) {}
