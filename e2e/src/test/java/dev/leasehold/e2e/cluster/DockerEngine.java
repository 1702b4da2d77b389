package dev.leasehold.e2e.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells within seconds whether a Docker engine listens, which Testcontainers alone takes up to half
 * a minute for.
 *
 * @param host what DOCKER_HOST says, if it is set
 * @param sockets where an engine listens by default
 */
record DockerEngine(Optional<String> host, List<Path> sockets) {

  private static final int CONNECT_MILLIS = 3_000;
  private static final int DOCKER_PORT = 2375;

  static DockerEngine of(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", "/"));
    Stream<Path> runtime =
        Stream.ofNullable(environment.get("XDG_RUNTIME_DIR"))
            .map(folder -> Path.of(folder, "docker.sock"));
    return new DockerEngine(
        Optional.ofNullable(environment.get("DOCKER_HOST")).filter(host -> !host.isBlank()),
        Stream.concat(
                runtime,
                Stream.of(
                    Path.of("/var/run/docker.sock"),
                    home.resolve(".docker/run/docker.sock"),
                    home.resolve(".docker/desktop/docker.sock")))
            .toList());
  }

  /** Why no engine can be reached, or nothing if one listens. Blocks for at most 3 seconds. */
  Optional<String> lack() {
    return host.map(DockerEngine::lackOfHost).orElseGet(this::lackOfSockets);
  }

  private static Optional<String> lackOfHost(String host) {
    try {
      URI uri = URI.create(host);
      if ("unix".equals(uri.getScheme())) {
        connect(Path.of(uri.getPath()));
      } else {
        int port = uri.getPort() < 0 ? DOCKER_PORT : uri.getPort();
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
        }
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("no engine answers at DOCKER_HOST=" + host + " (" + e.getMessage() + ")");
    }
  }

  private Optional<String> lackOfSockets() {
    StringBuilder lacks = new StringBuilder("no Docker engine listens, and DOCKER_HOST is not set");
    for (Path socket : sockets) {
      if (!Files.exists(socket)) {
        continue;
      }
      try {
        connect(socket);
        return Optional.empty();
      } catch (IOException e) {
        lacks.append("; ").append(socket).append(": ").append(e.getMessage());
      }
    }
    return Optional.of(lacks.toString());
  }

  private static void connect(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
    }
  }
}
