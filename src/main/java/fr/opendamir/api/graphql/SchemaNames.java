package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of levels and measures in the schema: as fields and as values of enumerations. */
final class SchemaNames {
  /** The field of nodes with the status of the earlier period of a comparison. */
  static final String COMPARED_STATUS = "comparedStatus";

  private static final Map<String, Level> LEVELS = byField(Level.values(), SchemaNames::field);
  private static final Map<String, MeasureValue> VALUES =
      byField(values().toArray(MeasureValue[]::new), SchemaNames::field);

  private SchemaNames() {}

  private static <T> Map<String, T> byField(T[] all, Function<T, String> field) {
    return Arrays.stream(all).collect(Collectors.toUnmodifiableMap(field, Function.identity()));
  }

  /** The field of nodes and filters for a level: {@code ageBand}. */
  static String field(Level level) {
    return camelCase(level.id());
  }

  /** The field of nodes for a measure: {@code outOfPocket}. */
  static String field(Measure measure) {
    return field(MeasureValue.of(measure));
  }

  /** The field of nodes for a value: {@code outOfPocketChange}. */
  static String field(MeasureValue value) {
    return camelCase(value.id());
  }

  /** All values that nodes can have, those of comparisons too. */
  static List<MeasureValue> values() {
    return MeasureValue.of(List.of(Measure.values()), true);
  }

  /** The value for a level: {@code AGE_BAND}. */
  static String value(Level level) {
    return level.id().toUpperCase(Locale.ROOT);
  }

  /** The value for a measure: {@code OUT_OF_POCKET}. */
  static String value(Measure measure) {
    return measure.id().toUpperCase(Locale.ROOT);
  }

  /** The level of a field of nodes, if it is one of a level. */
  static Optional<Level> findLevel(String field) {
    return Optional.ofNullable(LEVELS.get(field));
  }

  /** The value of a field of nodes, if it is one of a measure. */
  static Optional<MeasureValue> findValue(String field) {
    return Optional.ofNullable(VALUES.get(field));
  }

  private static String camelCase(String snakeCase) {
    String[] words = snakeCase.split("_", -1);
    return words[0]
        + Arrays.stream(words)
            .skip(1)
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
  }
}
