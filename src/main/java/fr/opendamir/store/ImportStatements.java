package fr.opendamir.store;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs the statements of an import on one connection, in transactions. */
final class ImportStatements {
  /** Reads the current row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** The work of a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  private static final String DISK_FULL = "53100";

  private final Connection connection;

  ImportStatements(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
  }

  Connection connection() {
    return connection;
  }

  static String list(List<Long> ids) {
    return ids.stream().map(String::valueOf).collect(joining(", "));
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet row = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (row.next()) {
        found.add(reader.read(row));
      }
      return found;
    }
  }

  /** The first column of every row. */
  List<String> texts(String sql, Object... parameters) throws SQLException {
    return query(sql, row -> row.getString(1), parameters);
  }

  /** The first column of every row. */
  List<Long> ids(String sql, Object... parameters) throws SQLException {
    return query(sql, row -> row.getLong(1), parameters);
  }

  void setStatus(long importId, String status) throws SQLException {
    update("UPDATE control.import SET status = ? WHERE id = ?", status, importId);
  }

  <T> T inTransaction(Work<T> work) {
    try {
      T result = work.run();
      connection.commit();
      return result;
    } catch (SQLException e) {
      rollback(e);
      throw failed(e);
    } catch (RuntimeException e) {
      rollback(e);
      throw e;
    }
  }

  /** The failure to pass on; its message has the first line only, as others may quote values. */
  static IllegalStateException failed(SQLException e) {
    if (DISK_FULL.equals(e.getSQLState())) {
      return new IllegalStateException(
          "the disk of the database is full, that of the database folder where it is embedded; make"
              + " room there and import again",
          e);
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new IllegalStateException("the database refused a step of the import: " + message, e);
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private void rollback(Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
