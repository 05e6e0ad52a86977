package fr.opendamir.api.graphql.schema;

import java.util.Locale;

/** Names in the style of GraphQL. */
final class FieldNames {
  private FieldNames() {}

  /** {@code age_band} as {@code ageBand}. */
  static String camelCase(String snakeCase) {
    StringBuilder name = new StringBuilder();
    for (String word : snakeCase.split("_", -1)) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }
}
