package dev.leasehold.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.samples.cluster.Way.Attempt;
import dev.leasehold.samples.cluster.Way.Attempt.Absent;
import dev.leasehold.samples.cluster.Way.Attempt.Broken;
import dev.leasehold.samples.cluster.Way.Attempt.Serves;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneFinderTest {

  private final List<String> tried = new ArrayList<>();

  @Test
  void firstWayThatServesWinsAndNoLaterOneIsTried() {
    ControlPlane second = new FakeControlPlane();

    ControlPlane found =
        finder(
                way("first", () -> new Absent("it is not set")),
                way("second", () -> new Serves(second)),
                way("third", () -> new Serves(new FakeControlPlane())))
            .find();

    assertThat(found).isSameAs(second);
    assertThat(tried).containsExactly("first", "second");
  }

  @Test
  void brokenWayDoesNotEndTheSearch() {
    ControlPlane last = new FakeControlPlane();

    ControlPlane found =
        finder(
                way("broken", () -> new Broken("etcd is missing")),
                way(
                    "throwing",
                    () -> {
                      throw new IllegalStateException("surprise");
                    }),
                way("last", () -> new Serves(last)))
            .find();

    assertThat(found).isSameAs(last);
  }

  @Test
  void failureListsEachWayInOrderWithWhatItLacked() {
    ControlPlaneFinder finder =
        finder(
            way("the first", () -> new Absent("it is not set")),
            way("the second", () -> new Broken("etcd is missing")),
            way(
                "the third",
                () -> {
                  throw new IllegalStateException("surprise");
                }));

    assertThatThrownBy(finder::find)
        .isInstanceOf(NoControlPlaneException.class)
        .hasMessage(
            """
            No Kubernetes API server can be had here. Provide any one of these 3 ways; this is what each lacks:
              1. the first: it is not set.
              2. the second: etcd is missing.
              3. the third: it failed with java.lang.IllegalStateException: surprise.\
            """);
  }

  @Test
  void standardFinderTakesTheGivenDockerWayBeforeItBuildsAnything(@TempDir Path empty)
      throws IOException {
    ControlPlane k3s = new FakeControlPlane();
    Way docker = way("Docker", () -> new Serves(k3s));
    List<String> progress = new ArrayList<>();

    ControlPlane found =
        ControlPlaneFinder.standard(withoutCache(empty), docker, progress::add).find();

    assertThat(progress).isEmpty();
    assertThat(found).isSameAs(k3s);
  }

  @Test
  void standardFinderNamesAllFiveWaysWhenNoneServes(@TempDir Path empty) throws IOException {
    Path assets = Files.createDirectory(empty.resolve("assets"));
    Map<String, String> environment = new HashMap<>(withoutCache(empty));
    environment.put("LEASEHOLD_KUBECONFIG", empty.resolve("missing.kubeconfig").toString());
    environment.put("KUBEBUILDER_ASSETS", assets.toString());
    ControlPlaneFinder finder =
        ControlPlaneFinder.standard(
            environment, way("Docker: K3s", () -> new Absent("no engine answers")), line -> {});

    assertThatThrownBy(finder::find)
        .isInstanceOf(NoControlPlaneException.class)
        .message()
        .containsSubsequence(
            "1. a kubeconfig named by LEASEHOLD_KUBECONFIG or -Dleasehold.kubeconfig: the file ",
            "missing.kubeconfig can't be read.",
            "2. programs in KUBEBUILDER_ASSETS: ",
            "lacks kube-apiserver and etcd",
            "3. programs of an earlier run in the cache folder: there is no folder ",
            "4. Docker: K3s: no engine answers.",
            "5. a build from Debian's packages: ");
  }

  @Test
  void assetsWithoutEtcdAreBrokenAndSaySo(@TempDir Path assets) throws IOException {
    program(assets, "kube-apiserver", "exit 0");

    Attempt attempt = ProgramsWay.assets(Map.of("KUBEBUILDER_ASSETS", assets.toString())).attempt();

    assertThat(attempt)
        .isEqualTo(
            new Broken(
                assets + " lacks etcd, or they can't be executed; name another folder, or none"));
  }

  @Test
  void programsThatDoNotStartAreBrokenAndTheirLastWordsAreTold(@TempDir Path assets)
      throws IOException {
    program(assets, "kube-apiserver", "exit 0");
    program(assets, "etcd", "echo 'unknown flag' >&2; exit 3");

    Attempt attempt = ProgramsWay.assets(Map.of("KUBEBUILDER_ASSETS", assets.toString())).attempt();

    assertThat(attempt).isInstanceOf(Broken.class);
    assertThat(((Broken) attempt).fault())
        .contains("etcd ended with status 3 before it was ready")
        .endsWith("    unknown flag");
  }

  @Test
  void unsetVariablesAndAnAbsentCacheAreAbsentNotBroken(@TempDir Path empty) {
    CacheFolder cache = CacheFolder.of(Map.of("XDG_CACHE_HOME", empty.toString()));

    assertThat(ProgramsWay.assets(Map.of()).attempt()).isInstanceOf(Absent.class);
    assertThat(ProgramsWay.cached(cache).attempt()).isInstanceOf(Absent.class);
    assertThat(NamedKubeconfigWay.of(Map.of()).attempt()).isInstanceOf(Absent.class);
  }

  @Test
  void kubeconfigWhoseClusterDoesNotAnswerIsBroken(@TempDir Path folder) {
    Path file =
        new Kubeconfig(URI.create("https://127.0.0.1:1"), "", "token")
            .write(folder.resolve("dead.kubeconfig"));

    Attempt attempt =
        NamedKubeconfigWay.of(Map.of("LEASEHOLD_KUBECONFIG", file.toString())).attempt();

    assertThat(attempt).isInstanceOf(Broken.class);
    assertThat(((Broken) attempt).fault()).contains("dead.kubeconfig does not answer");
  }

  /** A cache below a file can't be made, so that a build would end before it loads anything. */
  private static Map<String, String> withoutCache(Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("not-a-folder"));
    return Map.of("XDG_CACHE_HOME", file.toString());
  }

  private ControlPlaneFinder finder(Way... ways) {
    return new ControlPlaneFinder(List.of(ways));
  }

  private Way way(String name, Supplier<Attempt> attempt) {
    return new Way() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Attempt attempt() {
        tried.add(name);
        return attempt.get();
      }
    };
  }

  private static void program(Path folder, String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static final class FakeControlPlane implements ControlPlane {

    @Override
    public URI address() {
      return URI.create("https://127.0.0.1:1");
    }

    @Override
    public Path kubeconfig() {
      return Path.of("admin.kubeconfig");
    }

    @Override
    public Login login(String name) {
      return new Login(name, Path.of(name));
    }

    @Override
    public Optional<Path> kubectl() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
