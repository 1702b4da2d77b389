package dev.leasehold.e2e.sidebyside;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the figures come from, since they hold nowhere else. */
final class Machine {

  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");

  private Machine() {}

  static void describe(Report report, KubernetesClient client) {
    report.section("Side by side");
    report.table(
        List.of("what", "which"),
        List.of(
            List.of("processor", "%s, %d cores".formatted(processor(), cores())),
            List.of("load before", load()),
            List.of("Java", System.getProperty("java.vm.version")),
            List.of("API server", client.getKubernetesVersion().getGitVersion()),
            List.of("fabric8 kubernetes-client", version("kubernetes-client")),
            List.of("client-java-extended", version("client-java-extended")),
            List.of("Java Operator SDK operator-framework", version("operator-framework"))));
  }

  /** How many threads wanted a processor in the last minute. */
  static String load() {
    return String.format(
        Locale.ROOT,
        "load average %.1f on %d cores",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        cores());
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String processor() {
    try {
      Matcher model = MODEL.matcher(Files.readString(Path.of("/proc/cpuinfo")));
      return model.find() ? model.group(1) : System.getProperty("os.arch");
    } catch (IOException elsewhere) {
      return System.getProperty("os.arch");
    }
  }

  /** From the name of the artifact's jar on the class path. */
  private static String version(String artifact) {
    Matcher jar =
        Pattern.compile("/" + artifact + "-(\\d[^/]*)\\.jar(" + File.pathSeparator + "|$)")
            .matcher(System.getProperty("java.class.path"));
    return jar.find() ? jar.group(1) : "unknown";
  }
}
