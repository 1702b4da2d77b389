package dev.leasehold.e2e.sidebyside;

import com.sun.management.OperatingSystemMXBean;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the figures come from, since they hold nowhere else. */
final class Machine {

  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Machine() {}

  static void describe(Report.Chapter chapter, KubernetesClient client) {
    chapter.show(
        new Page()
            .table(
                List.of("what", "which"),
                List.of(
                    List.of("Leasehold", commit()),
                    List.of("processor", "%s, %d cores".formatted(processor(), cores())),
                    List.of("memory", memory()),
                    List.of(
                        "kernel",
                        System.getProperty("os.name") + " " + System.getProperty("os.version")),
                    List.of("load before", load()),
                    List.of("Java", System.getProperty("java.vm.version")),
                    List.of("options of each process", String.join(" ", ContenderProcess.JVM)),
                    List.of("API server", client.getKubernetesVersion().getGitVersion()),
                    List.of("fabric8 kubernetes-client", version("kubernetes-client")),
                    List.of("client-java-extended", version("client-java-extended")),
                    List.of("Java Operator SDK", version("operator-framework")))));
  }

  /** How many threads wanted a processor in the last minute. */
  static String load() {
    return String.format(
        Locale.ROOT, "load average %.1f on %d cores", SYSTEM.getSystemLoadAverage(), cores());
  }

  /**
   * How busy the whole machine has been since this was asked last, from 0 to 1; 0 if it can't tell.
   */
  static double busySinceLastAsked() {
    return Math.max(0, SYSTEM.getCpuLoad());
  }

  static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String memory() {
    return String.format(Locale.ROOT, "%.0f GiB", SYSTEM.getTotalMemorySize() / 0x1p30);
  }

  /** Of the working copy, if this is one. */
  private static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? "not from a repository" : "commit " + said;
    } catch (IOException noGit) {
      return "not from a repository";
    }
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
