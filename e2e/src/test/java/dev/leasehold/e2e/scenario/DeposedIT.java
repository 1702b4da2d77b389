package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a replica that loses its membership, and of what the past has left behind. */
@ExtendWith(ControlPlaneExtension.class)
class DeposedIT {

  private final Shop shop;

  DeposedIT(ControlPlane plane, @TempDir Path folder) {
    this.shop = new Shop(plane, folder);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void aReplicaWhoseLeaseIsDeletedJoinsAgainAsANewMember() {
    Replica replica = shop.start("r1");
    shop.awaitBalanced(1);
    String before = holder();
    shop.client().resource(member()).delete();

    await()
        .atMost(Shop.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(shop.leases("member")).hasSize(1);
              assertThat(shop.holders().values()).doesNotContain(before, "");
            });
    assertThat(holder()).startsWith("r1_");
    assertThat(replica.isAlive()).isTrue();
  }

  @Test
  void aReplicaThatIsToExitDoesSoWithOneSentenceAndGivesNothingAway() throws Exception {
    Replica replica = shop.start("r1", "--on-deposed", "EXIT");
    shop.awaitBalanced(1);
    Map<String, String> before = bucketVersions();
    shop.client().resource(member()).delete();

    assertThat(replica.awaitExit(Duration.ofSeconds(30))).isNotZero();
    assertThat(replica.log()).contains("was told to exit then");
    assertThat(shop.leases("member")).isEmpty();
    assertThat(bucketVersions()).isEqualTo(before);
    assertThat(shop.leases("bucket"))
        .allSatisfy(
            lease ->
                assertThat(lease.getMetadata().getAnnotations())
                    .doesNotContainKeys(LeaseMetadata.HANDED_OVER_BY, LeaseMetadata.RELEASED_BY));
  }

  @Test
  void leasesOfAnEarlierBucketCountAreRemovedOnceNobodyRunsItAnyMore() throws Exception {
    Replica old = shop.startWithBuckets("old", 5);
    await().atMost(Shop.PATIENCE).until(() -> shop.holders().size() == 5);
    Replica fresh = shop.start("fresh");
    await().atMost(Shop.PATIENCE).until(() -> shop.holders().size() == 5 + Shop.USUAL.buckets());
    old.terminate();
    assertThat(old.awaitExit(Duration.ofSeconds(20))).isZero();

    await().atMost(Shop.PATIENCE).until(() -> shop.holders().size() == Shop.USUAL.buckets());
    assertThat(shop.holders().keySet()).allMatch(name -> name.endsWith("-of-08"));
    assertThat(shop.holders().values()).allMatch(holder -> holder.startsWith("fresh_"));
    assertThat(fresh.log()).contains("Removing Lease shop.webpage.00-of-05");
  }

  private Map<String, String> bucketVersions() {
    return shop.leases("bucket").stream()
        .map(Lease::getMetadata)
        .collect(Collectors.toMap(ObjectMeta::getName, ObjectMeta::getResourceVersion));
  }

  private Lease member() {
    return shop.leases("member").get(0);
  }

  private String holder() {
    return String.valueOf(member().getSpec().getHolderIdentity());
  }
}
