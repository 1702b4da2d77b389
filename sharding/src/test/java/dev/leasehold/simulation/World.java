package dev.leasehold.simulation;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What all parts of one simulation share.
 *
 * @param scenario how it is set up
 * @param time the true time
 * @param random the only source of chance
 * @param server the API server
 * @param keys the resources of each controller
 * @param invariants what must hold
 * @param coverage what has happened
 * @param timeline what to tell of it
 */
record World(
    Scenario scenario,
    VirtualTime time,
    RandomGenerator random,
    ApiServer server,
    List<Keys> keys,
    Invariants invariants,
    Coverage coverage,
    Timeline timeline) {}
