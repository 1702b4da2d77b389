package dev.leasehold.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the program says to what it can't do; the server knows nothing and answers 404. */
@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient(https = false)
@Timeout(60)
class BadInputTest {

  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/mall/leases"
          + "?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dleasehold%2Cleasehold.dev%2Fcomponent%3Dshop";

  KubernetesMockServer server;
  KubernetesClient client;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path kubeconfig;

  @BeforeEach
  void writeKubeconfig() throws IOException {
    kubeconfig = kubeconfigFor(client.getConfiguration().getMasterUrl());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --buckets webpage=0 | Controller 'webpage' has a bucket count of 0; choose one from 1 to 4096.
          --buckets webpage=4097 | Controller 'webpage' has a bucket count of 4097; choose one from 1 to 4096.
          --buckets webpage=many | Invalid value for option '--buckets' (CONTROLLER=COUNT): 'webpage=many' is no bucket count; write webpage=8, for example.
          --buckets shop=8 | There is no controller 'shop' to have buckets; there is: publisher, replicator, routes, webpage.
          --controllers shop | There is no controller 'shop'; there is: publisher, replicator, routes, webpage.
          --registry nowhere | 'nowhere' is no address of a registry; write http://registry:8090, for example.
          --buckets webpage=8 --buckets webpage=9 | The buckets of 'webpage' are given twice.
          --lease-duration 10s | The renew deadline (10 s) must be shorter than the lease duration (10 s).
          --retry-period 10s | The retry period (10 s) must be shorter than the renew deadline (10 s).
          --lease-duration 15 | Invalid value for option '--lease-duration': '15' is no duration; write 15s, 500ms or 1m30s, for example.
          --identity Büro | The identity 'Büro_00000000' cannot be a part of a Lease's name; use letters, digits, hyphens and dots for the host's name, with a letter or a digit at both ends and around each dot.
          --http-port 70000 | The HTTP port is 70000; choose one from 0 to 65535.
          --http-address no.such.host.invalid | 'no.such.host.invalid' is no address of this machine.
          --settling-time 2m | The settling time is PT2M; choose at most PT1M.
          --moves-at-once 0 | The number of moves at once is 0; choose 1 or more.
          --workers 0 | Controller 'publisher' can't have 0 workers; choose from 1 to 10000.
          --work-millis -1 | --work-millis can't be negative.
          """)
  void nonsenseIsToldInOneSentence(String options, String sentence) {
    List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
    arguments.add(0, "--component=shop");
    assertThat(replica(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err).hasToString(sentence + System.lineSeparator());
  }

  @Test
  void componentThatCantBePartOfALeasesNameIsRefused() {
    assertThat(replica("--component=my.shop")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "The component name 'my.shop' is not a DNS-1123 label; use 1 to 63 small letters, digits and hyphens, with a letter or a digit at both ends."
                + System.lineSeparator());
  }

  @Test
  void missingComponentIsRefused() {
    assertThat(replica()).isEqualTo(2);
    assertThat(err)
        .hasToString("Missing required option: '--component=NAME'." + System.lineSeparator());
  }

  @Test
  void missingCommandIsRefused() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString()).startsWith("A command is missing: choose one of ");
  }

  @Test
  void missingKubeconfigIsToldInOneSentence() {
    Path missing = folder.resolve("nowhere");
    assertThat(execute("install", "--kubeconfig=" + missing)).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "There is no kubeconfig %s: check the path given with --kubeconfig.%n"
                .formatted(missing));
  }

  @Test
  void unreadableKubeconfigIsToldInOneSentence() throws IOException {
    Path garbage = Files.writeString(folder.resolve("garbage"), "{]");
    assertThat(execute("install", "--kubeconfig=" + garbage)).isEqualTo(1);
    assertThat(err).hasToString(garbage + " is no kubeconfig that can be read.%n".formatted());
  }

  @Test
  void unknownContextIsToldInOneSentence() {
    assertThat(execute("install", "--kubeconfig=" + kubeconfig, "--context=moon")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "The kubeconfig %s has no context 'moon'; it has earth.%n".formatted(kubeconfig));
  }

  @Test
  void unreachableServerIsToldInOneSentence() throws IOException {
    kubeconfig = kubeconfigFor("http://127.0.0.1:1/");
    assertThat(execute("install", "--kubeconfig=" + kubeconfig)).isEqualTo(1);
    assertOneSentence("The API server can't be reached (");
  }

  @Test
  void replicaPrintsItsAddressBeforeItFindsTheServerUnreachable() throws IOException {
    kubeconfig = kubeconfigFor("http://127.0.0.1:1/");
    assertThat(replica("--component=shop")).isEqualTo(1);
    assertOneSentence("The API server at http://127.0.0.1:1/ can't be reached (");
    assertThat(out.toString()).matches("HTTP http://127\\.0\\.0\\.1:\\d+\\R");
  }

  @Test
  void portInUseIsToldInOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "--http-port=" + taken.getLocalPort();
      assertThat(replica("--component=shop", "--http-address=127.0.0.1", port)).isEqualTo(1);
      assertOneSentence("The HTTP port 127.0.0.1:" + taken.getLocalPort() + " can't be opened (");
    }
  }

  @Test
  void traceThatCantBeWrittenIsToldInOneSentence() {
    Path file = folder.resolve("no-such-folder").resolve("trace");
    assertThat(replica("--component=shop", "--trace=" + file)).isEqualTo(1);
    assertOneSentence("The trace " + file + " can't be written: ");
  }

  @Test
  void forbiddenLeasesAreToldWithVerbsAndResource() {
    server
        .expect()
        .post()
        .withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
        .andReturn(
            201,
            new SelfSubjectAccessReviewBuilder()
                .withNewStatus()
                .withAllowed(false)
                .endStatus()
                .build())
        .always();
    assertThat(replica("--component=shop", "--namespace=mall")).isEqualTo(1);
    assertOneSentence(
        "This account may not get or list or watch or create or update or delete leases.coordination.k8s.io in namespace mall: ");
  }

  @Test
  void leasesOfAComponentThatIsNotThereAreToldInOneSentence() {
    server.expect().get().withPath(LEASES).andReturn(200, new LeaseListBuilder().build()).once();
    assertThat(leases("--component=shop")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "There are no buckets of a component 'shop' in the namespace 'mall': check both names, and that a replica runs.%n"
                .formatted());
  }

  @Test
  void aLeaseWithATimeThatCannotBeReadHidesNoOther() {
    String leases =
        """
        {"apiVersion": "coordination.k8s.io/v1", "kind": "LeaseList", "metadata": {}, "items": [
          {"metadata": {"name": "shop.page.00-of-02", "uid": "u1", "resourceVersion": "7"},
           "spec": {"holderIdentity": "a_1", "acquireTime": "10000-01-01T11:59:59.999999Z"}},
          {"metadata": {"name": "shop.page.01-of-02", "uid": "u2", "resourceVersion": "8"},
           "spec": {"holderIdentity": "b_2", "acquireTime": "2026-01-01T10:00:00.000000Z"}}]}
        """;
    server.expect().get().withPath(LEASES).andReturn(200, leases).once();
    assertThat(leases("--component=shop")).as("%s", err).isZero();
    assertThat(out.toString()).contains("page.00-of-02", "a_1", "b_2", "2026-01-01T10:00:00Z");
  }

  @Test
  void leasesThatMayNotBeListedAreToldInOneSentence() {
    server
        .expect()
        .get()
        .withPath(LEASES)
        .andReturn(403, new StatusBuilder().withCode(403).withMessage("no leases for you").build())
        .always();
    assertThat(leases("--component=shop", "--watch")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "This account is not allowed to do that; the API server says: no leases for you.%n"
                .formatted());
  }

  @Test
  void leasesOfAnUnreachableServerAreToldInOneSentence() throws IOException {
    kubeconfig = kubeconfigFor("http://127.0.0.1:1/");
    assertThat(leases("--component=shop")).isEqualTo(1);
    assertOneSentence("The API server can't be reached (");
    assertThat(leases("--component=my.shop")).isEqualTo(2);
  }

  @Test
  void missingTypeIsToldInOneSentence() {
    assertThat(replica("--component=shop", "--controllers=webpage", "--shutdown-timeout=1s"))
        .isEqualTo(1);
    assertOneSentence(
        "The resource type webpages.samples.leasehold.dev (samples.leasehold.dev/v1) isn't served by this API server: install its CRD");
  }

  @Test
  void stackTraceIsShownWhenAskedFor() {
    assertThat(execute("--stacktrace", "install", "--kubeconfig=" + folder)).isEqualTo(1);
    assertThat(err.toString()).contains("\tat dev.leasehold.samples.cli.");
  }

  private int leases(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("leases", "--namespace=mall", "--kubeconfig=" + kubeconfig));
    arguments.addAll(List.of(options));
    return execute(arguments.toArray(String[]::new));
  }

  private int replica(String... options) {
    List<String> arguments = new ArrayList<>(List.of("replica", "--kubeconfig=" + kubeconfig));
    arguments.addAll(List.of(options));
    return execute(arguments.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    CommandLine program = SamplesCommand.commandLine();
    return program
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private void assertOneSentence(String beginning) {
    assertThat(err.toString()).startsWith(beginning).hasLineCount(1).doesNotContain("Exception");
  }

  private Path kubeconfigFor(String server) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        {"apiVersion": "v1", "kind": "Config", "current-context": "earth",
         "clusters": [{"name": "c", "cluster": {"server": "%s"}}],
         "users": [{"name": "u", "user": {"token": "none"}}],
         "contexts": [{"name": "earth", "context": {"cluster": "c", "user": "u", "namespace": "default"}}]}
        """
            .formatted(server));
  }
}
