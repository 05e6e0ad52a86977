package fr.opendamir.ops;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration of commands that run outside Quarkus: system properties, environment, {@code
 * config/application.properties} in the working folder, then the application's own defaults — the
 * same sources, in the same order, as the service uses.
 */
public final class CommandConfig {
  private static final int FILE_ORDINAL = 260;

  private CommandConfig() {}

  /** Reads the mapping of the given interface. */
  public static <T> T read(Class<T> mapping) {
    return sources()
        .withMapping(mapping)
        .build()
        .unwrap(SmallRyeConfig.class)
        .getConfigMapping(mapping);
  }

  /**
   * Whether any setting that begins with a prefix is given by the operator, be it to its default.
   *
   * @param prefix such as {@code opendamir.import.}
   */
  public static boolean isAnySet(String prefix) {
    for (String name : sources().build().getPropertyNames()) {
      // Variables of the environment are written OPENDAMIR_IMPORT_THREADS.
      if (name.toLowerCase(Locale.ROOT).replace('_', '.').startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The next segments of the names of settings that begin with a prefix, which ends with a dot. */
  public static Set<String> names(String prefix) {
    Set<String> names = new TreeSet<>();
    for (String setting : sources().build().getPropertyNames()) {
      int end = setting.indexOf('.', prefix.length());
      if (setting.startsWith(prefix) && end > 0) {
        names.add(setting.substring(prefix.length(), end));
      }
    }
    return names;
  }

  private static SmallRyeConfigBuilder sources() {
    try {
      SmallRyeConfigBuilder builder =
          new SmallRyeConfigBuilder()
              .addDefaultInterceptors()
              .addDefaultSources()
              .withValidateUnknown(false);
      Path file = Path.of("config", "application.properties");
      if (Files.isRegularFile(file)) {
        builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), FILE_ORDINAL));
      }
      URL defaults = CommandConfig.class.getClassLoader().getResource("application.properties");
      if (defaults != null) {
        builder.withSources(new PropertiesConfigSource(defaults));
      }
      return builder;
    } catch (IOException e) {
      throw new UncheckedIOException("the configuration cannot be read", e);
    }
  }
}
