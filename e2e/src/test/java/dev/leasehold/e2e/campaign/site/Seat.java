package dev.leasehold.e2e.campaign.site;

import dev.leasehold.e2e.campaign.check.Freeze;
import dev.leasehold.e2e.campaign.network.HttpProxy;
import dev.leasehold.e2e.campaign.network.Refusal;
import dev.leasehold.e2e.campaign.network.TcpProxy;
import dev.leasehold.e2e.campaign.network.Weather;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.e2e.replica.Replica;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.SocketFactory;

/**
 * The place of one replica, with a network of its own to the API server. A replica that ends is
 * followed by another process with the same seat and another name. Not thread-safe.
 */
public final class Seat implements AutoCloseable {

  private static final Duration LEAVES_WITHIN = Duration.ofSeconds(45);

  /** Each bucket that is led comes with the name of its Lease. */
  private static final Pattern LED = Pattern.compile("\"lease\"");

  private final String name;
  private final Path folder;
  private final List<String> options;
  private final Launch usual;
  private final TcpProxy network;
  private final Optional<HttpProxy> requests;
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Freeze> freezes = new ArrayList<>();
  private long frozenSince;

  /**
   * How a seat reaches the API server.
   *
   * @param kubeconfig how it would without a network of its own
   * @param apiServer the port in that
   * @param refusable whether its requests can be refused: they go without TLS then, for a part
   */
  record Way(Path kubeconfig, int apiServer, boolean refusable) {}

  /**
   * An empty one.
   *
   * @param name what its replicas' names begin with
   * @param folder for their files
   * @param options of their command, without the kubeconfig
   * @param usual how they are launched
   * @param way how they reach the API server
   */
  Seat(String name, Path folder, List<String> options, Launch usual, Way way) throws IOException {
    this.name = name;
    this.folder = folder;
    this.usual = usual;
    this.network = new TcpProxy(way.apiServer());
    this.requests =
        way.refusable()
            ? Optional.of(new HttpProxy(network.port(), tls(way.kubeconfig())))
            : Optional.empty();
    String address =
        requests
            .map(proxy -> "http://127.0.0.1:" + proxy.port())
            .orElseGet(() -> "https://127.0.0.1:" + network.port());
    Path own = folder.resolve(name + ".kubeconfig");
    Files.writeString(
        own,
        Files.readString(way.kubeconfig())
            .replace("https://127.0.0.1:" + way.apiServer(), address));
    this.options = new ArrayList<>(options);
    this.options.addAll(List.of("--kubeconfig", own.toString()));
  }

  private static SocketFactory tls(Path kubeconfig) throws IOException {
    try {
      return SSLUtils.sslContext(Config.fromKubeconfig(kubeconfig.toFile())).getSocketFactory();
    } catch (GeneralSecurityException unreadable) {
      throw new IOException("There is no TLS with this kubeconfig.", unreadable);
    }
  }

  /** What its replicas' names begin with. */
  public String name() {
    return name;
  }

  /** Starts a replica as usual; the one before is over. */
  public void start() {
    start(usual);
  }

  /** Starts one that is launched in another way. */
  public void start(Launch launch) {
    replicas.add(Replica.start(name + "-" + (replicas.size() + 1), folder, options, launch));
  }

  /** The replica that was started last. */
  public Replica replica() {
    return replicas.get(replicas.size() - 1);
  }

  List<Replica> replicas() {
    return replicas;
  }

  List<Freeze> freezes() {
    return freezes;
  }

  /** How many buckets the replica leads, by its own word. */
  int led() {
    return replica()
        .get("/shards")
        .map(answer -> (int) LED.matcher(answer.body()).results().count())
        .orElse(0);
  }

  /** What is between it and the API server. */
  public void weather(Weather weather) {
    network.weather(weather);
  }

  /** Whether its requests can be refused. */
  public boolean isRefusable() {
    return requests.isPresent();
  }

  /** Refuses some of its requests from now on, or none. */
  public void refuse(Optional<Refusal> some) {
    requests.orElseThrow().refuse(some);
  }

  /**
   * Asks the replica to leave, and starts another.
   *
   * @throws AssertionError if the first didn't leave in order; the other one runs
   */
  public void replace(Optional<Launch> launch) throws InterruptedException {
    Optional<String> complaint = leave();
    start(launch.orElse(usual));
    if (complaint.isPresent()) {
      throw new AssertionError(complaint.get());
    }
  }

  /**
   * Replaces the replica as Kubernetes would if it has ended, or if three questions in a row for
   * its liveness, a second apart, go wrong; asks no more after the first good answer.
   */
  public void probe() throws InterruptedException {
    for (int failures = 0; failures < 3; failures++) {
      if (!replica().isAlive()) {
        break;
      }
      if (replica().get("/livez").filter(answer -> answer.statusCode() == 200).isPresent()) {
        return;
      }
      boolean unused = new CountDownLatch(1).await(1, TimeUnit.SECONDS);
    }
    kill();
    start();
  }

  /**
   * Starts another, as Kubernetes would, if the replica has ended by itself or says that it can't
   * go on.
   */
  void startAgainIfUnfit() throws InterruptedException {
    boolean complains =
        replica().get("/livez").filter(answer -> answer.statusCode() != 200).isPresent();
    if (complains || !replica().isAlive()) {
      kill();
      start();
    }
  }

  /** Kills the replica without warning. */
  public void kill() throws InterruptedException {
    var unused = replica().kill();
  }

  /** Stops the replica where it is. */
  public void pause() throws IOException, InterruptedException {
    replica().pause();
    frozenSince = System.nanoTime();
  }

  /** Notes that the replica stood still, though nobody stopped its process. */
  public void stoodStill(long sinceNanos, long untilNanos) {
    freezes.add(new Freeze(replica().name(), sinceNanos, untilNanos, true));
  }

  /** Lets it go on. */
  public void resume() throws IOException, InterruptedException {
    freezes.add(new Freeze(replica().name(), frozenSince, System.nanoTime(), true));
    replica().resume();
  }

  /** Notes that the replica has hardly done anything since then, for want of memory. */
  public void choked(long sinceNanos) {
    freezes.add(new Freeze(replica().name(), sinceNanos, System.nanoTime(), false));
  }

  /**
   * Asks the replica to leave and waits until it has.
   *
   * @return a complaint if it didn't leave in order
   */
  public Optional<String> leave() throws InterruptedException {
    replica().terminate();
    try {
      int code = replica().awaitExit(LEAVES_WITHIN);
      return code == 0
          ? Optional.empty()
          : Optional.of("%s left with exit code %d.".formatted(replica().name(), code));
    } catch (AssertionError late) {
      kill();
      return Optional.of(String.valueOf(late.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    replicas.forEach(Replica::close);
    if (requests.isPresent()) {
      requests.get().close();
    }
    network.close();
  }
}
