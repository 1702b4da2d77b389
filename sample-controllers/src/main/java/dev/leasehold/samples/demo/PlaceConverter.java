package dev.leasehold.samples.demo;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where the demo takes place. */
final class PlaceConverter implements ITypeConverter<DemoCommand.Place> {

  @Override
  public DemoCommand.Place convert(String text) {
    for (DemoCommand.Place place : DemoCommand.Place.values()) {
      if (place.name().toLowerCase(Locale.ROOT).equals(text)) {
        return place;
      }
    }
    throw new TypeConversionException(
        "'%s' is no place for the demo; choose embedded, local or kubeconfig.".formatted(text));
  }
}
