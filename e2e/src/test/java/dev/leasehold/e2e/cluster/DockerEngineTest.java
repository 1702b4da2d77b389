package dev.leasehold.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.samples.cluster.Way.Attempt;
import dev.leasehold.samples.cluster.Way.Attempt.Absent;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {

  @Test
  @Timeout(10)
  void missingEngineIsToldAtOnce() {
    Attempt attempt = new K3sWay(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1")).attempt();

    assertThat(attempt).isInstanceOf(Absent.class);
    assertThat(((Absent) attempt).lacks())
        .contains("no engine answers at DOCKER_HOST=tcp://127.0.0.1:1");
  }

  @Test
  void dockerHostThatMakesNoSenseIsTold() {
    assertThat(DockerEngine.of(Map.of("DOCKER_HOST", "not a host")).lack())
        .hasValueSatisfying(lack -> assertThat(lack).contains("DOCKER_HOST=not a host"));
  }

  @Test
  void socketWithoutAnEngineBehindItIsTold(@TempDir Path folder) throws IOException {
    Path socket = Files.createFile(folder.resolve("docker.sock"));

    assertThat(new DockerEngine(Optional.empty(), List.of(socket)).lack())
        .hasValueSatisfying(lack -> assertThat(lack).contains(socket.toString()));
  }

  @Test
  void engineThatListensIsFound(@TempDir Path folder) throws IOException {
    Path socket = folder.resolve("docker.sock");
    try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      engine.bind(UnixDomainSocketAddress.of(socket));

      assertThat(new DockerEngine(Optional.empty(), List.of(socket)).lack()).isEmpty();
      assertThat(DockerEngine.of(Map.of("DOCKER_HOST", "unix://" + socket)).lack()).isEmpty();
    }
  }
}
