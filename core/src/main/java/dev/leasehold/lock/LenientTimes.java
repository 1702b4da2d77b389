package dev.leasehold.lock;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time that makes no sense as none.
 *
 * <p>The API server takes a Lease's times up to the last hours of the year 9999 of any time zone,
 * and shows them in its own: in the year 10000, which isn't how a time is spelled. Read strictly,
 * one such Lease would hide all others in every list and watch for as long as it is there.
 */
final class LenientTimes extends DeserializationProblemHandler {

  /** How a client is to read that has this. */
  static final KubernetesSerialization SERIALIZATION =
      new KubernetesSerialization(new ObjectMapper().addHandler(new LenientTimes()), true);

  @Override
  public @Nullable Object handleWeirdStringValue(
      DeserializationContext context, Class<?> target, String value, String failure) {
    return target == ZonedDateTime.class ? null : NOT_HANDLED;
  }
}
