package fr.opendamir.columns;

import fr.opendamir.query.PreparedQuestion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statement of a question on a connection, with its parameters by position. */
final class JdbcStatement {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\d+)");

  private JdbcStatement() {}

  /**
   * Prepares a statement. Placeholders have numbers in the text, and parameters are repeated where
   * a number is.
   */
  static PreparedStatement prepare(Connection connection, PreparedQuestion question)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    Matcher placeholder = PLACEHOLDER.matcher(question.sql());
    String sql =
        placeholder.replaceAll(
            found -> {
              parameters.add(question.parameters().get(Integer.parseInt(found.group(1)) - 1));
              return "?";
            });
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    return statement;
  }
}
