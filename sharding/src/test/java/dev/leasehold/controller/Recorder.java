package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what it was asked to reconcile, and otherwise does as another reconciler does. */
final class Recorder implements Reconciler<ConfigMap> {

  private final LinkedBlockingQueue<Request<ConfigMap>> requests = new LinkedBlockingQueue<>();
  private final Reconciler<ConfigMap> behaviour;

  Recorder() {
    this(request -> Result.done());
  }

  Recorder(Reconciler<ConfigMap> behaviour) {
    this.behaviour = behaviour;
  }

  @Override
  public Result reconcile(Request<ConfigMap> request) throws Exception {
    requests.add(request);
    return behaviour.reconcile(request);
  }

  /** The next request; waits for it. */
  Request<ConfigMap> next() throws InterruptedException {
    Request<ConfigMap> request = requests.poll(20, TimeUnit.SECONDS);
    assertThat(request).as("a reconcile within 20 s").isNotNull();
    return request;
  }

  /** The names of the next requests; waits for them. */
  List<String> nextNames(int count) throws InterruptedException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(next().key().name());
    }
    return names;
  }

  /** Forgets the requests that nobody has asked for yet. */
  void forget() {
    requests.clear();
  }

  boolean isIdle() {
    return requests.isEmpty();
  }
}
