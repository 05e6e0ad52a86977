package fr.opendamir.api.doors;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** The files of a release as a client downloads them, and DuckDB over them. */
final class DownloadedFiles implements AutoCloseable {
  private final Path folder;
  private final JsonNode list;
  private final Connection duckDb;

  private DownloadedFiles(Path folder, JsonNode list, Connection duckDb) {
    this.folder = folder;
    this.list = list;
    this.duckDb = duckDb;
  }

  static DownloadedFiles of(HttpClient http, URI base, String release) {
    try {
      Path folder = Files.createTempDirectory("downloaded-files");
      String address = "/v1/releases/" + release + "/files/";
      download(
          http, base.resolve(address + "datapackage.json"), folder.resolve("datapackage.json"));
      JsonNode list = FigureReader.json(Files.readString(folder.resolve("datapackage.json")));
      for (JsonNode resource : list.get("resources")) {
        String name = resource.get("path").textValue();
        download(http, base.resolve(address + name), folder.resolve(name));
      }
      return new DownloadedFiles(folder, list, DriverManager.getConnection("jdbc:duckdb:"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same files over another connection, for queries beside those of this one. */
  DownloadedFiles again() {
    try {
      return new DownloadedFiles(folder, list, duckDb.unwrap(DuckDBConnection.class).duplicate());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void download(HttpClient http, URI address, Path target) {
    int status =
        http.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofFile(target))
            .join()
            .statusCode();
    if (status != 200) {
      throw new IllegalStateException(status + " " + address);
    }
  }

  Path folder() {
    return folder;
  }

  JsonNode list() {
    return list;
  }

  List<JsonNode> resources(String kind) {
    List<JsonNode> found = new ArrayList<>();
    list.get("resources").forEach(found::add);
    found.removeIf(resource -> !resource.get("kind").textValue().equals(kind));
    return found;
  }

  /** The files of a kind as a table function. */
  String from(String kind) {
    return resources(kind).stream()
        .map(resource -> "'" + folder.resolve(resource.get("path").textValue()) + "'")
        .collect(Collectors.joining(", ", "read_parquet([", "])"));
  }

  /** The rows of a query, as text. */
  List<List<String>> query(String sql) {
    try (Statement statement = duckDb.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(found.getString(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Runs a statement without rows. */
  void run(String sql) {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    try {
      duckDb.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
