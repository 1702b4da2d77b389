package dev.leasehold.samples;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.ResourceKey;
import dev.leasehold.controller.Writes;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.Permit;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;

/** A request as the framework would make it, under a term that stands or doesn't. */
public record TestRequest<R extends HasMetadata>(
    ResourceKey key, Optional<R> resource, Permit permit, Writes writes) implements Request<R> {

  private static final Bucket BUCKET = new Bucket("sample", 3, 8);

  public static <R extends HasMetadata> TestRequest<R> of(
      KubernetesClient client, R resource, String identity, long epoch) {
    return under(client, resource, new Term(identity, epoch, true));
  }

  /** A request whose term is over. */
  public static <R extends HasMetadata> TestRequest<R> late(KubernetesClient client, R resource) {
    return under(client, resource, new Term("late_1", 1, false));
  }

  private static <R extends HasMetadata> TestRequest<R> under(
      KubernetesClient client, R resource, Term term) {
    Permit permit = new Permit(BUCKET, term);
    return new TestRequest<>(
        ResourceKey.of(resource),
        Optional.of(resource),
        permit,
        Writes.of(client, "samples", permit));
  }

  public TestRequest<R> deleted() {
    return new TestRequest<>(key, Optional.empty(), permit, writes);
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Lane lane() {
    return Lane.LIVE;
  }

  @Override
  public Bucket bucket() {
    return BUCKET;
  }

  private record Term(String identity, long epoch, boolean isValid) implements TermView {
    @Override
    public Duration remaining() {
      return isValid ? Duration.ofSeconds(10) : Duration.ZERO;
    }
  }
}
