package dev.leasehold.samples.demo;

import dev.leasehold.samples.cli.ClusterOptions;
import dev.leasehold.samples.demo.screen.LiveScreen;
import dev.leasehold.samples.demo.screen.PlainScreen;
import dev.leasehold.samples.demo.screen.Screen;
import dev.leasehold.samples.demo.screen.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what sharded leader election does, and checks that it does. Used by one thread. */
@Command(
    name = "demo",
    description =
        "Start replicas as processes, kill one, ask one to leave, start a new one; show who leads"
            + " what all the while, and check that every page was reconciled by the right replica.",
    sortOptions = false,
    showDefaultValues = true)
public final class DemoCommand implements Callable<Integer> {

  /** Where the demo may take place. */
  enum Place {
    EMBEDDED,
    LOCAL,
    KUBECONFIG
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClusterOptions clusterOptions = new ClusterOptions();

  @Option(
      names = "--replicas",
      paramLabel = "COUNT",
      defaultValue = "3",
      description = "How many replicas there are at first.")
  private int replicas;

  @Option(
      names = "--objects",
      paramLabel = "COUNT",
      defaultValue = "200",
      description = "How many pages there are.")
  private int objects;

  @Option(
      names = "--buckets",
      paramLabel = "COUNT",
      defaultValue = "8",
      description = "Into how many buckets the pages are divided.")
  private int buckets;

  @Option(
      names = "--cluster",
      paramLabel = "WHERE",
      defaultValue = "embedded",
      converter = PlaceConverter.class,
      description = {
        "embedded: an API server within this process;",
        "local: a kube-apiserver and an etcd, started here, built if need be;",
        "kubeconfig: your own cluster, in a new namespace."
      })
  private Place place = Place.EMBEDDED;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "With kubeconfig: an existing namespace without pages, instead of a new one.")
  private @Nullable String namespace;

  /** A demo to be described by options. */
  public DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    Settings settings = settings();
    PrintWriter out = spec.commandLine().getOut();
    Screen screen =
        Terminal.canRedraw(System.console(), System.getenv())
            ? new LiveScreen(out)
            : new PlainScreen(out);
    return new Demo(settings, screen, this::cluster).run() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Settings settings() {
    List<String> misplaced = place == Place.KUBECONFIG ? List.of() : given(allClusterOptions());
    if (!misplaced.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s goes with --cluster kubeconfig alone.".formatted(misplaced.get(0)));
    }
    try {
      return Settings.of(replicas, objects, buckets);
    } catch (IllegalArgumentException nonsense) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(nonsense.getMessage()), nonsense);
    }
  }

  private DemoCluster cluster(Folder folder, Narrator narrator) throws Exception {
    return switch (place) {
      case EMBEDDED -> EmbeddedCluster.start(folder.path());
      case LOCAL -> LocalCluster.start(line -> narrator.say("%s", line));
      case KUBECONFIG -> {
        String name = folder.path().getFileName().toString();
        yield NamedCluster.prepare(
            clusterOptions.connect(),
            given(List.of("--kubeconfig", "--context")),
            namespace,
            name.substring(name.lastIndexOf('-') + 1).toLowerCase(Locale.ROOT));
      }
    };
  }

  private static List<String> allClusterOptions() {
    return List.of("--kubeconfig", "--context", "--namespace");
  }

  /** Those of some options that were given, each followed by its value. */
  private List<String> given(List<String> names) {
    List<String> given = new ArrayList<>();
    for (String name : names) {
      Object value = spec.commandLine().getParseResult().matchedOptionValue(name, null);
      if (value != null) {
        given.add(name);
        given.add(value.toString());
      }
    }
    return given;
  }
}
