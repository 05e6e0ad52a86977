package fr.opendamir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads Parquet files back, as a client with DuckDB does. */
public final class ParquetRows {
  private ParquetRows() {}

  /** The rows in their order, by the name of the column; empty texts for nulls. */
  public static List<Map<String, String>> rows(byte[] bytes) {
    return read(
        bytes,
        "SELECT * EXCLUDE (file_row_number) FROM read_parquet('%s', file_row_number = true)"
            + " ORDER BY file_row_number");
  }

  /** The types of the columns, by name. */
  public static Map<String, String> types(byte[] bytes) {
    Map<String, String> types = new LinkedHashMap<>();
    read(bytes, "DESCRIBE FROM read_parquet('%s')")
        .forEach(row -> types.put(row.get("column_name"), row.get("column_type")));
    return types;
  }

  /** What the file says of itself. */
  public static Map<String, String> metadata(byte[] bytes) {
    Map<String, String> metadata = new LinkedHashMap<>();
    read(bytes, "SELECT decode(key) AS k, decode(value) AS v FROM parquet_kv_metadata('%s')")
        .forEach(row -> metadata.put(row.get("k"), row.get("v")));
    return metadata;
  }

  private static List<Map<String, String>> read(byte[] bytes, String sql) {
    try {
      Path file = Files.createTempFile("read-back", ".parquet");
      try {
        Files.write(file, bytes);
        return read(sql.formatted(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("not a Parquet file", e);
    }
  }

  private static List<Map<String, String>> read(String sql) throws SQLException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.put(found.getMetaData().getColumnName(i), text(found.getObject(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Double number
        ? BigDecimal.valueOf(number).toPlainString()
        : value.toString();
  }
}
