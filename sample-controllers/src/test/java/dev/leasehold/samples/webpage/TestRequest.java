package dev.leasehold.samples.webpage;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.ResourceKey;
import dev.leasehold.controller.Writes;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.Permit;
import java.time.Duration;
import java.util.Optional;

/** A request as the framework would make it, under a term that stands or doesn't. */
record TestRequest(ResourceKey key, Optional<WebPage> resource, Permit permit)
    implements Request<WebPage> {

  private static final Bucket BUCKET = new Bucket("webpage", 3, 8);

  static TestRequest of(WebPage page, String identity, long epoch) {
    return new TestRequest(
        ResourceKey.of(page),
        Optional.of(page),
        new Permit(BUCKET, new Term(identity, epoch, true)));
  }

  TestRequest lapsed() {
    return new TestRequest(key, resource, new Permit(BUCKET, new Term("late_1", 1, false)));
  }

  TestRequest deleted() {
    return new TestRequest(key, Optional.empty(), permit);
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

  @Override
  public Writes writes() {
    throw new UnsupportedOperationException(
        "The reconciler of pages writes by a client of its own.");
  }

  private record Term(String identity, long epoch, boolean isValid) implements TermView {
    @Override
    public Duration remaining() {
      return isValid ? Duration.ofSeconds(10) : Duration.ZERO;
    }
  }
}
