package fr.opendamir.kubernetes;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment variables that are settings: of the application, by its mappings, and of Quarkus,
 * by the documentation that its libraries carry.
 */
final class SettingNames {
  /** Variables of the JVM and of Kubernetes itself. */
  private static final Set<String> OTHERS = Set.of("JAVA_TOOL_OPTIONS", "LANG");

  private final Set<String> exact = new HashSet<>(OTHERS);
  private final Set<Pattern> patterns = new HashSet<>();

  SettingNames() {
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("fr.opendamir")) {
      if (type.isAnnotatedWith(ConfigMapping.class)) {
        Class<?> mapping = type.reflect();
        String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        ConfigMappings.getProperties(ConfigClass.configClass(mapping, prefix))
            .keySet()
            .forEach(this::add);
      }
    }
    try {
      String model = "META-INF/quarkus-config-doc/quarkus-config-model.json";
      List<URL> models = Collections.list(SettingNames.class.getClassLoader().getResources(model));
      for (URL url : models) {
        try (InputStream in = url.openStream()) {
          for (JsonNode name : new JsonMapper().readTree(in).findValues("environmentVariable")) {
            exact.add(name.asText());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String setting) {
    if (setting.contains("*")) {
      patterns.add(
          Pattern.compile(
              List.of(setting.split("\\*", -1)).stream()
                  .map(part -> Pattern.quote(variable(part)))
                  .collect(joining("[A-Z0-9_]+"))));
    } else {
      exact.add(variable(setting));
    }
  }

  private static String variable(String setting) {
    return StringUtil.replaceNonAlphanumericByUnderscores(setting).toUpperCase(Locale.ROOT);
  }

  boolean knows(String variable) {
    return exact.contains(variable)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(variable).matches());
  }
}
