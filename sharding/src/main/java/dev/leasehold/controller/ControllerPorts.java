package dev.leasehold.controller;

import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What a controller at work needs of its surroundings.
 *
 * @param client what its writes go by
 * @param informers those of the manager, shared by its controllers
 * @param clocks the time by which runs are measured
 * @param fieldManager whose fields server-side apply calls those that the controller sets
 * @param listener hears of each run, and throws nothing
 * @param tally counts what happens besides
 */
record ControllerPorts(
    KubernetesClient client,
    Informers informers,
    Clocks clocks,
    String fieldManager,
    ReconcileListener listener,
    Tally tally) {}
