package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import dev.leasehold.samples.cluster.LocalControlPlane;
import dev.leasehold.samples.cluster.ServerProcess;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;

/**
 * The API server or its store is killed and started again, or stands still.
 *
 * @param name its name
 * @param which one of the two
 * @param kills whether it is killed
 */
record ServerFault(String name, Function<LocalControlPlane, ServerProcess> which, boolean kills)
    implements Fault {

  @Override
  public Target target() {
    return Target.PLANE;
  }

  @Override
  public Cure inject(Site site, Random random) {
    ServerProcess server = which.apply(site.plane());
    ServerProcess apiServer = site.plane().apiServer();
    if (!kills) {
      server.pause();
      return server::resume;
    }
    server.kill();
    return () -> {
      server.start();
      // Ready only once its store is, so this ends when requests are answered again.
      apiServer.start();
    };
  }

  /** Nobody can lead while nobody can renew; after that all are members anew. */
  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return lasted.plus(timings.leaseDuration());
  }
}
