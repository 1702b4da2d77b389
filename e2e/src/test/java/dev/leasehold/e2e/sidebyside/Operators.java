package dev.leasehold.e2e.sidebyside;

import dev.leasehold.claim.ShardSettings;
import dev.leasehold.e2e.sidebyside.contender.OperatorProcess;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processes of one operator in a namespace of its own, and what they look after. One thread. */
final class Operators {

  /**
   * How they work.
   *
   * @param controllers of ours; the peer has one
   * @param buckets of each of them
   * @param workers how many keys run at once
   * @param workMillis how long a reconcile waits; 0 to say when it began instead
   * @param moves how many buckets a replica of ours moves at once
   */
  record Shape(int controllers, int buckets, int workers, int workMillis, int moves) {

    /** Ours as it is by default. */
    Shape(int controllers, int buckets, int workers, int workMillis) {
      this(controllers, buckets, workers, workMillis, ShardSettings.defaults().movesAtOnce());
    }
  }

  private final Stage stage;
  private final Contender contender;
  private final Shape shape;
  private final String namespace;
  private final List<ContenderProcess> running = new ArrayList<>();

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
            "work-millis=" + shape.workMillis(),
            "moves=" + shape.moves());
    running.add(process);
    return process;
  }

  /** Creates the objects 0 to {@code count - 1}. */
  void create(int count) {
    for (int i = 0; i < count; i++) {
      create(i, 0);
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

  private ConfigMap map(int number, long nanos) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("map-" + number)
        .withNamespace(namespace)
        .endMetadata()
        .withData(Map.of("changed", Long.toString(nanos)))
        .build();
  }
}
