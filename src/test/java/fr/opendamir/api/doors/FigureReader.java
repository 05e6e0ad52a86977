package fr.opendamir.api.doors;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a question in a format and reads the rows back, every figure digit by digit. */
public final class FigureReader {
  private static final Map<String, String> STATUSES = Map.of("C", "suppressed", "P", "provisional");

  /** No number passes through binary floating point, none loses a zero at its end. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final URI base;
  private final List<String> levels;
  private final List<String> measures;
  private final HttpClient http;

  public FigureReader(HttpClient http, URI base, List<String> levels, List<String> measures) {
    this.http = http;
    this.base = base;
    this.levels = levels;
    this.measures = measures;
  }

  public static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + body, e);
    }
  }

  /** A text as JSON and GraphQL write it. */
  static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  /** The body of an answer that must be one. */
  public String get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path.replace(" ", "%20")))
            .header("Accept", "*/*")
            .build();
    HttpResponse<String> response = http.sendAsync(request, BodyHandlers.ofString()).join();
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + " " + path + " " + response.body());
    }
    return response.body();
  }

  public List<FigureRow> json(JsonNode answer) {
    List<FigureRow> rows = new ArrayList<>();
    answer.get("data").forEach(row -> rows.add(row(row)));
    return rows;
  }

  public List<FigureRow> ndjson(String body) {
    return body.lines().map(line -> row(json(line))).toList();
  }

  public List<FigureRow> csv(String body) {
    try {
      List<Map<String, String>> lines =
          new CsvMapper()
              .readerForMapOf(String.class)
              .with(CsvSchema.emptySchema().withHeader())
              .<Map<String, String>>readValues(body)
              .readAll();
      return lines.stream()
          .map(
              line ->
                  new FigureRow(
                      levels.stream().map(line::get).toList(),
                      measures.stream()
                          .map(line::get)
                          .map(
                              cell ->
                                  Optional.of(cell).filter(c -> !c.isEmpty()).map(BigDecimal::new))
                          .toList(),
                      line.get("status")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("not CSV: " + body, e);
    }
  }

  /** Every cell of the cube that holds a row, in row-major order. */
  public List<FigureRow> jsonStat(JsonNode dataset) {
    List<List<String>> cells = List.of(List.of());
    for (String level : levels) {
      cells = product(cells, dataset.at("/dimension/" + level + "/category/index"));
    }
    List<FigureRow> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      List<Optional<BigDecimal>> values = new ArrayList<>();
      boolean isRow = false;
      String status = "ok";
      for (int j = 0; j < measures.size(); j++) {
        String cell = String.valueOf(i * measures.size() + j);
        isRow |= dataset.get("value").has(cell);
        status = STATUSES.getOrDefault(dataset.path("status").path(cell).asText(), status);
        values.add(number(dataset.get("value").path(cell)));
      }
      if (isRow) {
        rows.add(new FigureRow(cells.get(i), values, status));
      }
    }
    return rows;
  }

  private static List<List<String>> product(List<List<String>> heads, JsonNode codes) {
    List<List<String>> product = new ArrayList<>();
    for (List<String> head : heads) {
      for (JsonNode code : codes) {
        List<String> longer = new ArrayList<>(head);
        longer.add(code.textValue());
        product.add(longer);
      }
    }
    return product;
  }

  private FigureRow row(JsonNode row) {
    return new FigureRow(
        levels.stream().map(level -> row.get(level).textValue()).toList(),
        measures.stream().map(measure -> number(row.get(measure))).toList(),
        row.get("status").textValue());
  }

  static Optional<BigDecimal> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
  }
}
