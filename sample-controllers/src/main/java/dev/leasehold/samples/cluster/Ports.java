package dev.leasehold.samples.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Free ports of the loopback address. */
final class Ports {

  /**
   * Below the range from which systems take the local ports of connections: while a server is down,
   * a client that knocks at its port there could be given that very port and talk to itself, and
   * the server could not come back.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;

  private Ports() {}

  /**
   * Finds ports that nobody listens at now; somebody may before they are used.
   *
   * @param count how many different ones
   * @param random where the search goes
   */
  static List<Integer> free(int count, Random random) {
    Set<Integer> found = new TreeSet<>();
    for (int attempt = 0; attempt < ATTEMPTS && found.size() < count; attempt++) {
      int port = random.nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new ControlPlaneFault(
          "No free ports were found on loopback between " + LOWEST + " and " + HIGHEST + ".");
    }
    return new ArrayList<>(found);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
