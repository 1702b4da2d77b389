package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.sidebyside.contender.OperatorProcess;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Processes of one operator in a namespace of its own, and what they look after. One thread. */
final class Operators {

  /**
   * How they work.
   *
   * @param controllers of ours; the peer has one
   * @param buckets of each of them
   * @param workers how many keys run at once
   * @param workMillis how long a reconcile waits; 0 to say when it began instead
   */
  record Shape(int controllers, int buckets, int workers, int workMillis) {}

  private final Stage stage;
  private final Contender contender;
  private final Shape shape;
  private final String namespace;
  private final List<ContenderProcess> running = new ArrayList<>();

  /** How many objects {@link #create(int)} has created. */
  private int created;

  Operators(Stage stage, Contender contender, Shape shape) {
    this.stage = stage;
    this.contender = contender;
    this.shape = shape;
    this.namespace = stage.namespace();
  }

  Contender contender() {
    return contender;
  }

  String namespace() {
    return namespace;
  }

  List<ContenderProcess> running() {
    return running;
  }

  int buckets() {
    return contender.isOurs() ? shape.controllers() * shape.buckets() : 1;
  }

  /** When a replica was last seen to renew what its leading depends on. */
  long lastRenewal(LeaseSightings leases, String replica) {
    // Ours adds to the name, and writes buckets' Leases as well, which renew nothing.
    Predicate<LeaseSightings.Sighting> renewal =
        contender.isOurs()
            ? each -> each.lease().contains(".member.") && each.holder().startsWith(replica + "_")
            : each -> each.holder().equals(replica);
    return leases.last(renewal).orElseThrow();
  }

  /** Starts another replica; returns at once. */
  ContenderProcess start() {
    ContenderProcess process =
        stage.start(
            contender,
            OperatorProcess.class,
            namespace,
            "controllers=" + shape.controllers(),
            "buckets=" + shape.buckets(),
            "workers=" + shape.workers(),
            "work-millis=" + shape.workMillis());
    running.add(process);
    return process;
  }

  /** Starts so many; returns at once. */
  Operators start(int replicas) {
    for (int i = 0; i < replicas; i++) {
      start();
    }
    return this;
  }

  /** Creates objects from 0 on, until there are so many. */
  void create(int count) {
    for (; created < count; created++) {
      create(created, 0);
    }
  }

  /** Creates an object with the time of its creation, or 0. Thread-safe. */
  void create(int number, long nanos) {
    stage.client().resource(map(number, nanos)).create();
  }

  /** Changes an object, which then has the time of its change. Thread-safe. */
  void change(int number, long nanos) {
    stage.client().resource(map(number, nanos)).update();
  }

  /** An object's name. */
  static String object(int number) {
    return "map-" + number;
  }

  private ConfigMap map(int number, long nanos) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(object(number))
        .withNamespace(namespace)
        .endMetadata()
        .withData(Map.of("changed", Long.toString(nanos)))
        .build();
  }
}
