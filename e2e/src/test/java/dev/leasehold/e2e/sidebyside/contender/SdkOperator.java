package dev.leasehold.e2e.sidebyside.contender;

import dev.leasehold.election.Timings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;

/** An operator by the Java Operator SDK, whose one Lease decides which replica works. */
final class SdkOperator implements OperatorProcess.Operator {

  private final Operator operator;

  SdkOperator(Arguments arguments, Voice voice, Work work) {
    Timings timings = arguments.timings();
    this.operator =
        new Operator(
            configuration ->
                configuration
                    .withKubernetesClient(arguments.client())
                    .withConcurrentReconciliationThreads(arguments.number("workers"))
                    .withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("lock-0")
                            .withLeaseNamespace(arguments.text("namespace"))
                            .withIdentity(arguments.text("identity"))
                            .withLeaseDuration(timings.leaseDuration())
                            .withRenewDeadline(timings.renewDeadline())
                            .withRetryPeriod(timings.retryPeriod())
                            .withLeaderCallbacks(
                                new LeaderCallbacks(
                                    () -> voice.say("leading", "lock-0"),
                                    () -> voice.say("ceasing", "lock-0"),
                                    leader -> {}))
                            .build()));
    operator.register(
        new Maps(work),
        overrider ->
            overrider.settingNamespace(arguments.text("namespace")).withGenerationAware(false));
  }

  @Override
  public void start() {
    operator.start();
  }

  @Override
  public void stop() {
    operator.stop();
  }

  /** The reconciler; it has to be a class, from whose type the SDK reads what it looks after. */
  static final class Maps implements Reconciler<ConfigMap> {

    private final Work work;

    Maps(Work work) {
      this.work = work;
    }

    @Override
    public UpdateControl<ConfigMap> reconcile(ConfigMap map, Context<ConfigMap> context)
        throws InterruptedException {
      UpdateControl<ConfigMap> done = UpdateControl.noUpdate();
      return work.run(map.getMetadata().getName(), map)
          ? done.rescheduleAfter(Duration.ofMillis(1))
          : done;
    }
  }
}
