package dev.leasehold.samples.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many buckets a controller is to have; whether it may have so many is not known here.
 *
 * @param controller the controller's name
 * @param count as it was written
 */
record BucketCount(String controller, int count) {

  /** Reads {@code webpage=8}. */
  static final class Converter implements ITypeConverter<BucketCount> {

    private static final Pattern FORM = Pattern.compile("([^=]+)=(-?\\d{1,9})");

    @Override
    public BucketCount convert(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        throw new TypeConversionException(
            "'%s' is no bucket count; write webpage=8, for example.".formatted(text));
      }
      return new BucketCount(parts.group(1), Integer.parseInt(parts.group(2)));
    }
  }
}
