package dev.leasehold.admin;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.math.BigInteger;
import java.util.List;

/**
 * What {@code /shards} answers: who this replica is and what it leads.
 *
 * @param identity the replica's identity; empty before it has joined
 * @param member its membership
 * @param controllers its controllers
 */
public record ShardsPage(String identity, MemberPart member, List<ControllerPart> controllers) {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /**
   * The membership.
   *
   * @param leading whether the member's term stands
   * @param validForMillis for how long it stands if nothing renews it
   * @param epoch its epoch; 0 while there is no term
   */
  public record MemberPart(boolean leading, long validForMillis, BigInteger epoch) {}

  /**
   * A controller.
   *
   * @param name its name
   * @param buckets how many buckets it has
   * @param led those that this replica leads
   */
  public record ControllerPart(String name, int buckets, List<BucketPart> led) {}

  /**
   * A bucket that is led.
   *
   * @param bucket its index
   * @param lease the name of its Lease
   * @param epoch its epoch
   * @param queued how many keys wait
   * @param running how many run
   */
  public record BucketPart(int bucket, String lease, BigInteger epoch, int queued, int running) {}

  /** An epoch as JSON has it: a number, unsigned. */
  public static BigInteger unsigned(long epoch) {
    return new BigInteger(Long.toUnsignedString(epoch));
  }

  String json() {
    return JSON.asJson(this);
  }
}
