package fr.opendamir.query;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A statement and its parameters as one readable text. */
final class RenderedSql {
  private RenderedSql() {}

  /**
   * Renders a statement.
   *
   * @param title what it answers
   */
  static String text(String title, PreparedQuestion question) {
    List<Object> parameters = question.parameters();
    StringBuilder text = new StringBuilder("-- " + title + "\n");
    text.append(
        question.sql().lines().map(String::stripTrailing).collect(Collectors.joining("\n")));
    text.append("\n\n");
    for (int i = 0; i < parameters.size(); i++) {
      text.append("-- $%d %s%n".formatted(i + 1, value(parameters.get(i))));
    }
    return text.toString();
  }

  private static String value(Object parameter) {
    return parameter instanceof Object[] array
        ? array.getClass().getComponentType().getSimpleName() + Arrays.toString(array)
        : parameter.getClass().getSimpleName() + " " + parameter;
  }
}
