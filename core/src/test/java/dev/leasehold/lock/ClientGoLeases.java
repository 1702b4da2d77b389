package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Leases in the form in which client-go writes them, from the test resources. */
public final class ClientGoLeases {

  private ClientGoLeases() {}

  /**
   * Reads one.
   *
   * @param name {@code acquire}, {@code renew} or {@code release}
   */
  public static LockSnapshot read(String name) {
    String path = "/client-go/lease-" + name + ".json";
    try (InputStream json = ClientGoLeases.class.getResourceAsStream(path)) {
      Lease lease = Serialization.unmarshal(Objects.requireNonNull(json, path), Lease.class);
      return new LeaseFormat().snapshot(lease);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
