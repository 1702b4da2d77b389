package dev.leasehold.e2e.sidebyside.contender;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.CloseCause;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.controller.Controller;
import dev.leasehold.controller.ControllerManager;
import dev.leasehold.controller.Reconciler;
import dev.leasehold.controller.Result;
import dev.leasehold.election.TermView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;

/** An operator by ours; it says each bucket that it begins and ceases to lead. */
final class LeaseholdOperator implements OperatorProcess.Operator, ShardListener {

  private final Voice voice;
  private final ControllerManager manager;

  LeaseholdOperator(Arguments arguments, Voice voice, Work work) {
    this.voice = voice;
    this.manager =
        ControllerManager.builder(arguments.client())
            .component("bench")
            .namespace(arguments.text("namespace"))
            .identity(arguments.text("identity"))
            .timings(arguments.timings())
            .onShards(this)
            .build();
    for (int i = 0; i < arguments.number("controllers"); i++) {
      manager.register(
          Controller.of(ConfigMap.class)
              .named("maps-" + i)
              .buckets(arguments.number("buckets"))
              .namespaces(arguments.text("namespace"))
              .workers(arguments.number("workers"))
              .reconciler(reconciler(work)));
    }
  }

  private static Reconciler<ConfigMap> reconciler(Work work) {
    return request ->
        work.run(request.key().name(), request.resource().orElse(null))
            ? Result.requeueAfter(Duration.ofMillis(1))
            : Result.done();
  }

  @Override
  public void start() throws InterruptedException {
    manager.start();
  }

  @Override
  public void stop() {
    manager.close();
  }

  @Override
  public void promoted(Bucket bucket, TermView term) {
    voice.say("leading", bucket.controller() + "." + bucket.index());
  }

  @Override
  public void demoted(Bucket bucket, TermView term, CloseCause cause) {
    voice.say("ceasing", bucket.controller() + "." + bucket.index());
  }
}
