package dev.leasehold.controller;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Identities of this process: the name of its pod or host, and eight hex digits new at each. */
final class Identity {

  private static final int RANDOM_BYTES = 4;

  private Identity() {}

  /** Identities that begin with a name. */
  static Supplier<String> startingWith(String name) {
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] bytes = new byte[RANDOM_BYTES];
      random.nextBytes(bytes);
      return name + '_' + HexFormat.of().formatHex(bytes);
    };
  }

  /** The pod's name if the environment tells it, else the host's, spelled as a DNS-1123 name. */
  static String hostName(Map<String, String> environment) {
    String name = environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", ""));
    if (name.isBlank()) {
      try {
        name = InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException nameless) {
        name = "localhost";
      }
    }
    String spelled =
        name.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.-]", "-")
            .replaceAll("[.-]*\\.[.-]*", ".")
            .replaceAll("^[.-]+|[.-]+$", "");
    return spelled.isEmpty() ? "localhost" : spelled;
  }
}
