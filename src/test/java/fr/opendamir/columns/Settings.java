package fr.opendamir.columns;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings of a test; all others have their defaults. */
final class Settings {
  private Settings() {}

  static <T> T of(Class<T> mapping, Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .withMapping(mapping)
        .withValidateUnknown(false)
        .build()
        .getConfigMapping(mapping);
  }
}
