package fr.opendamir.distributed;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A question as the service renders it for one engine. A file has the question in its first line,
 * then the statement, then its parameters: {@code -- $1 Long 10}.
 *
 * @param number number of the question, the same for both engines
 * @param parameters by number of the placeholder, from 1
 */
record RecordedQuestion(String number, String title, String sql, Map<Integer, Object> parameters) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\d+)");
  private static final Pattern PARAMETER = Pattern.compile("-- \\$(\\d+) (\\w+) (.*)");

  /**
   * Reads the questions of a folder, in the order of their numbers.
   *
   * @param engine {@code duckdb} or {@code trino}
   */
  static List<RecordedQuestion> read(Path folder, String engine) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<RecordedQuestion> questions = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith("-" + engine + ".sql")) {
          questions.add(parse(name.substring(0, name.indexOf('-')), Files.readAllLines(file)));
        }
      }
      return questions;
    }
  }

  private static RecordedQuestion parse(String number, List<String> lines) {
    StringBuilder sql = new StringBuilder();
    Map<Integer, Object> parameters = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher parameter = PARAMETER.matcher(line);
      if (parameter.matches()) {
        parameters.put(
            Integer.valueOf(parameter.group(1)), value(parameter.group(2), parameter.group(3)));
      } else {
        sql.append(line).append('\n');
      }
    }
    return new RecordedQuestion(
        number, lines.get(0).substring("-- ".length()), sql.toString(), parameters);
  }

  private static Object value(String type, String text) {
    return switch (type) {
      case "Long" -> Long.valueOf(text);
      case "BigDecimal" -> new BigDecimal(text);
      case "String" -> text;
      default -> throw new IllegalArgumentException("parameter of type " + type);
    };
  }

  /**
   * Prepares the statement; a value is repeated wherever its placeholder stands, as the service
   * does.
   */
  PreparedStatement prepare(Connection connection) throws SQLException {
    List<Object> values = new ArrayList<>();
    String text =
        PLACEHOLDER
            .matcher(sql)
            .replaceAll(
                found -> {
                  values.add(parameters.get(Integer.valueOf(found.group(1))));
                  return "?";
                });
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }

  /** Runs the statement; numbers of all types are compared as text. */
  List<List<String>> rows(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection);
        ResultSet row = statement.executeQuery()) {
      List<List<String>> rows = new ArrayList<>();
      while (row.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          cells.add(row.getString(i));
        }
        rows.add(cells);
      }
      return rows;
    }
  }
}
