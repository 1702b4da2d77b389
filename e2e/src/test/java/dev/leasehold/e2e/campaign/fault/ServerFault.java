package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import dev.leasehold.samples.cluster.LocalControlPlane;
import dev.leasehold.samples.cluster.ServerProcess;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The API server or its store ends and is started again, or stands still.
 *
 * @param name its name
 * @param which one of the two
 * @param way how
 */
record ServerFault(String name, Function<LocalControlPlane, ServerProcess> which, Way way)
    implements Fault {

  private static final long LEAVES_WITHIN_SECONDS = 60;

  /** What becomes of a server. */
  enum Way {
    /** SIGKILL. */
    KILLED,
    /** SIGTERM: it says good-bye to its clients first. */
    STOPPED,
    /** SIGSTOP, and later SIGCONT. */
    PAUSED
  }

  @Override
  public Target target() {
    return Target.PLANE;
  }

  @Override
  public Cure inject(Site site, Random random) {
    ServerProcess server = which.apply(site.plane());
    ServerProcess apiServer = site.plane().apiServer();
    switch (way) {
      case PAUSED -> {
        server.pause();
        return server::resume;
      }
      case KILLED -> server.kill();
      case STOPPED -> ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroy);
    }
    return () -> {
      awaitEnd(server);
      server.start();
      // Ready only once its store is, so this ends when requests are answered again.
      apiServer.start();
    };
  }

  private static void awaitEnd(ServerProcess server)
      throws ExecutionException, InterruptedException {
    if (!server.isAlive()) {
      return;
    }
    try {
      ProcessHandle.of(server.pid())
          .orElseThrow()
          .onExit()
          .get(LEAVES_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      server.kill();
    }
  }

  @Override
  public boolean hinders() {
    return true;
  }

  @Override
  public Duration atLeast(Timings timings, Duration lasted) {
    return Periods.withoutServer(timings, lasted);
  }

  /** Nobody can lead while nobody can renew; after that all are members anew. */
  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return lasted.plus(timings.leaseDuration());
  }
}
