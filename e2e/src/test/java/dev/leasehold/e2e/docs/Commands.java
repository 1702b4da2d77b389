package dev.leasehold.e2e.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The commands that the documentation shows, and what becomes of each in the tests. */
final class Commands {

  private static final String JAR = "java -jar sample-controllers/target/sample-controllers.jar";

  /** Run to their end in the repository's root by {@link DocsCommandsIT}. */
  static final List<String> ENDING =
      List.of(
          JAR + " --help",
          JAR + " replica --help",
          JAR + " elector --help",
          JAR + " registry --help",
          JAR + " install",
          JAR + " leases --help",
          JAR + " demo",
          "grep -o 'pkg:maven/[^?\"]*' sample-controllers/target/bom.json | sort -u",
          "kubectl get leases -l leasehold.dev/component=samples",
          "kubectl get leases -l leasehold.dev/component=samples,leasehold.dev/role=bucket",
          "kubectl get leases -l leasehold.dev/component=samples,leasehold.dev/controller=webpage",
          "kubectl get leases -l leasehold.dev/component=samples -o custom-columns=NAME:.metadata.name,HOLDER:.spec.holderIdentity,EPOCH:.metadata.resourceVersion,SINCE:.spec.acquireTime",
          "kubectl get leases -l leasehold.dev/component=samples,leasehold.dev/role=member -o custom-columns=NAME:.metadata.name,STATE:.metadata.annotations.leasehold\\.dev/state,RUNS:.metadata.annotations.leasehold\\.dev/controllers");

  /** Started by {@link DocsCommandsIT} with a free port, and ended once they answer. */
  static final List<String> RUNNING =
      List.of(
          JAR + " replica --component samples",
          JAR + " replica --component samples --controllers webpage,routes",
          JAR
              + " replica --component samples --controllers publisher --registry http://localhost:8090",
          JAR + " elector --lease my-program --http-port 8080",
          JAR + " registry --folder entries --http-port 8090");

  /** Asked of a replica by {@link DocsCommandsIT}, at the port that it has there. */
  static final List<String> ASKING =
      List.of(
          "curl -s localhost:8080/livez",
          "curl -s localhost:8080/readyz",
          "curl -s localhost:8080/shards",
          "curl -s localhost:8080/metrics",
          "curl -s localhost:8080/routes",
          JAR + " leases --component samples");

  /**
   * Started by {@link DocsCommandsIT} beside a replica, and ended once they show a bucket of it.
   */
  static final List<String> WATCHING = List.of(JAR + " leases --component samples --watch");

  /** Run one after the other by {@link GettingStartedIT}. */
  static final List<String> GETTING_STARTED =
      List.of(
          "java -cp 'target/classes:target/dependency/*' greeter.Greeter 8081 > 1.log 2>&1 &",
          "java -cp 'target/classes:target/dependency/*' greeter.Greeter 8082 > 2.log 2>&1 &",
          "until curl -sf localhost:8081/readyz && curl -sf localhost:8082/readyz; do sleep 1; done",
          "kubectl create configmap world --from-literal=name=World -n default",
          "kubectl get configmap world -o jsonpath='{.data.greeting}' -n default",
          "kubectl get leases -n default",
          "curl -s localhost:8081/shards",
          "curl -s localhost:8081/readyz",
          "kill %1",
          "kill %2",
          "kubectl delete configmap world -n default",
          "kubectl delete leases -l leasehold.dev/component=greeter -n default");

  /** Run by {@code AsDeployedIT}, some for all examples at once. */
  static final List<String> DEPLOYED =
      List.of(
          "kubectl apply -k deploy/overlays/example",
          "kubectl apply -n leasehold-samples -f deploy/examples/webpage.yaml",
          "kubectl apply -n leasehold-samples -f deploy/examples/routetable.yaml",
          "kubectl apply -n leasehold-samples -f deploy/examples/replicated.yaml",
          "kubectl apply -n leasehold-samples -f deploy/examples/published.yaml",
          "kubectl get webpages -n leasehold-samples",
          "kubectl get configmaps -n team-a",
          "kubectl get service api -n leasehold-samples -o jsonpath='{.metadata.annotations}'");

  /** The beginning of commands that run tests of this build: each page of a test shows its own. */
  static final String TESTS = "mvn -pl sharding -am test -Dtest=";

  /** Not run as they stand, each for a reason; what they are for is tested. */
  static final Map<String, String> OTHERWISE =
      Map.of(
          "kubectl describe lease samples.webpage.00-of-08",
          "ThreeReplicasIT does so with a Lease of its own",
          "kubectl get events --field-selector involvedObject.kind=Lease",
          "shows what ThreeReplicasIT reads by the command above",
          "JAVA_TOOL_OPTIONS=-Dlogback.configurationFile=logback-json.xml " + JAR + " --help",
          "JsonLogTest reads that file",
          "promtool check rules deploy/monitoring/alerts.yaml",
          "not every machine has promtool; MonitoringFilesTest reads the rules",
          "promtool test rules deploy/monitoring/alerts-test.yaml",
          "not every machine has promtool",
          "mvn -pl e2e -am package -Dtest=Peers -Dsurefire.failIfNoSpecifiedTests=false",
          "takes some minutes; ClashTest tests how it counts");

  /** Not run by a test, each for a reason. */
  static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("mvn verify", "is what runs this test"),
          Map.entry(
              "mvn -q -Dmaven.test.skip=true -pl sharding -am install",
              "writes to the user's local repository"),
          Map.entry(
              "mvn -q package dependency:copy-dependencies",
              "needs what the one above has written; the same class and POM are compiled and checked here"),
          Map.entry(
              "mvn -q -Dmaven.test.skip=true -pl sample-controllers -am package",
              "has been done by the build that runs this test"),
          Map.entry(
              "mvn -q -Dmaven.test.skip=true -pl sample-controllers -am package && java -jar sample-controllers/target/sample-controllers.jar demo",
              "the first half has been done, the second is run by itself"),
          Map.entry(
              "mvn -q -Pbenchmark -DskipTests -pl e2e -am test",
              "measures for a long time, and needs an otherwise idle machine"),
          Map.entry(
              "mvn -q -pl e2e -am package -Dtest=HandOverBenchmark -Dsurefire.failIfNoSpecifiedTests=false",
              "measures for eight minutes, and needs an otherwise idle machine"),
          Map.entry(
              "mvn -q -pl e2e -am test -Dtest=SideBySideBenchmark -Dsurefire.failIfNoSpecifiedTests=false",
              "measures for half an hour and more, and needs an otherwise idle machine"),
          Map.entry(
              "mvn -pl e2e -am package -Dtest=Campaign -Dsurefire.failIfNoSpecifiedTests=false -Dleasehold.campaign.minutes=60 -Dleasehold.campaign.seed=7",
              "takes an hour; CampaignIT is a short one of its kind"),
          Map.entry(
              "docker build -f deploy/image/Dockerfile -t leasehold-samples:0.1.0-SNAPSHOT sample-controllers/target",
              "needs a Docker engine and a base image"),
          Map.entry(
              "kubectl delete -k deploy/overlays/example",
              "would wait for a garbage collector and a namespace controller, which a bare API server lacks"));

  private Commands() {}

  static List<String> all() {
    List<String> all = new ArrayList<>(KNOWN.keySet());
    all.addAll(OTHERWISE.keySet());
    List.of(ENDING, RUNNING, ASKING, WATCHING, GETTING_STARTED, DEPLOYED).forEach(all::addAll);
    return all;
  }
}
