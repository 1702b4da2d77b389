package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.function.Function;

/**
 * A second type that a controller looks at: a change of one of its resources is news for the keys
 * that the mapper names.
 *
 * @param source which resources
 * @param keysOf the keys of the controller's own type that depend on such a resource
 */
record Secondary<S extends HasMetadata>(
    Source<S> source, Function<? super S, ? extends Collection<ResourceKey>> keysOf) {}
