package dev.leasehold.samples.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import picocli.CommandLine.Option;

/** Where a command serves HTTP. To be mixed into a command. Used by one thread. */
final class HttpOptions {

  private static final int LAST_PORT = 65535;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "The port that answers over HTTP; 0 takes a free one.")
  private int port;

  @Option(
      names = "--http-address",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description = "The address that the port is opened on; probes of a pod need all of them.")
  private String address = "0.0.0.0";

  /**
   * Where to listen.
   *
   * @throws IllegalArgumentException with a sentence if that is nowhere
   */
  InetSocketAddress listen() {
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "The HTTP port is %d; choose one from 0 to %d.".formatted(port, LAST_PORT));
    }
    InetSocketAddress listen = new InetSocketAddress(address, port);
    if (listen.isUnresolved()) {
      throw new IllegalArgumentException("'%s' is no address of this machine.".formatted(address));
    }
    return listen;
  }

  /** Tells where something listens now. */
  static void tell(InetSocketAddress bound, PrintWriter out) {
    boolean isAny = bound.getAddress().isAnyLocalAddress();
    String host = isAny ? "127.0.0.1" : bound.getAddress().getHostAddress();
    out.printf(
        "HTTP http://%s:%d%n", host.contains(":") ? "[" + host + "]" : host, bound.getPort());
    out.flush();
  }
}
