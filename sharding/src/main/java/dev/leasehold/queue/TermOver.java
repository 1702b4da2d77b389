package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import java.io.Serial;

/**
 * The permit to work on a key has lapsed: another replica may lead its bucket already.
 *
 * <p>Whoever gets this should write nothing more, anywhere, and let it go up. It isn't an error and
 * isn't retried here: the replica that leads the bucket next runs the key again.
 */
public final class TermOver extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  TermOver(Bucket bucket, long epoch) {
    super(
        "The term of bucket %s with epoch %s is over: write nothing more and let this exception go up; the bucket's next leader runs the key again."
            .formatted(bucket, Long.toUnsignedString(epoch)));
  }
}
