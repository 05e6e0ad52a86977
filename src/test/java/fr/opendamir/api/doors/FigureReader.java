package fr.opendamir.api.doors;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.testing.ParquetRows;
import fr.opendamir.testing.Workbooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks a question in a format and reads the rows back, every figure digit by digit. */
public final class FigureReader {
  private static final Map<String, String> STATUSES =
      Map.of("C", "suppressed", "P", "provisional", "O", "empty", "I", "empty");

  /** {@code M} is also a quotient of nothing, in a row that is not marked. */
  private static final Map<String, String> SDMX_STATUSES =
      Map.of(
          "Q", "suppressed", "P", "provisional", "L", "not_published", "O", "empty", "I", "empty");

  private static final Set<String> PERIODS = Set.of("month", "quarter", "year");

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
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  /** The bytes of an answer that must be one. */
  public byte[] bytes(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path.replace(" ", "%20")))
            .header("Accept", "*/*")
            .build();
    HttpResponse<byte[]> response = http.sendAsync(request, BodyHandlers.ofByteArray()).join();
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          response.statusCode()
              + " "
              + path
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
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
    return csv(body, CsvSchema.emptySchema().withHeader());
  }

  /** The rows of CSV for French spreadsheets, whose figures have decimal commas. */
  public List<FigureRow> excelCsv(String body) {
    if (!body.startsWith("\uFEFF")) {
      throw new IllegalStateException("no byte order mark: " + body);
    }
    return csv(
        body.substring(1).replaceAll("(?<=[0-9]),(?=[0-9])", "."),
        CsvSchema.emptySchema().withHeader().withColumnSeparator(';'));
  }

  private List<FigureRow> csv(String body, CsvSchema schema) {
    return texts(AnswerFiles.csv(body, schema));
  }

  /** The rows of a workbook, whose figures have no zeros at their end. */
  public List<FigureRow> xlsx(byte[] body) {
    List<Map<String, String>> rows = Workbooks.rows(body);
    for (Map<String, String> row : rows) {
      row.replaceAll((name, cell) -> levels.contains(name) ? Workbooks.period(name, cell) : cell);
    }
    return texts(rows);
  }

  /** The rows of a Parquet file, whose ratios have no zeros at their end. */
  public List<FigureRow> parquet(byte[] body) {
    return texts(ParquetRows.rows(body));
  }

  /** The rows of SDMX-CSV, each of which is a line for each measure. */
  public List<FigureRow> sdmx(String body) {
    List<Map<String, String>> lines = AnswerFiles.csv(body);
    List<FigureRow> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += measures.size()) {
      rows.add(sdmxRow(lines.subList(i, i + measures.size())));
    }
    return rows;
  }

  /** Whether a row is the total of a coarser period than its own, which SDMX cannot tell apart. */
  static boolean repeatsAPeriod(List<String> levels, List<String> codes) {
    boolean isFine = false;
    for (String level : List.of("month", "quarter", "year")) {
      int position = levels.indexOf(level);
      if (position >= 0 && codes.get(position).equals("_T") && isFine) {
        return true;
      }
      isFine |= position >= 0 && !codes.get(position).equals("_T");
    }
    return false;
  }

  private FigureRow sdmxRow(List<Map<String, String>> lines) {
    List<Optional<BigDecimal>> values = new ArrayList<>();
    String status = "ok";
    for (int i = 0; i < lines.size(); i++) {
      Map<String, String> line = lines.get(i);
      if (!line.get("MEASURE").equals(measures.get(i))
          || !codes(line).equals(codes(lines.get(0)))) {
        throw new IllegalStateException("not the line of " + measures.get(i) + ": " + line);
      }
      values.add(number(line.get("OBS_VALUE")));
      status = SDMX_STATUSES.getOrDefault(line.get("OBS_STATUS"), status);
    }
    return new FigureRow(codes(lines.get(0)), values, status);
  }

  private List<String> codes(Map<String, String> line) {
    String time = line.get("TIME_PERIOD");
    return levels.stream()
        .map(
            level ->
                PERIODS.contains(level)
                    ? period(level, time)
                    : line.get(level.toUpperCase(Locale.ROOT)).replaceFirst("^G-", "G:"))
        .toList();
  }

  /** The code at a level of the period of a line, which is the finest of its row. */
  static String period(String level, String time) {
    boolean isMonth = time.matches("\\d{4}-\\d{2}");
    if (time.contains("/")) {
      return "_T";
    }
    return switch (level) {
      case "year" -> time.substring(0, 4);
      case "quarter" ->
          isMonth ? Workbooks.period(level, time + "-01") : time.length() > 4 ? time : "_T";
      default -> isMonth ? time : "_T";
    };
  }

  private List<FigureRow> texts(List<Map<String, String>> rows) {
    return rows.stream()
        .map(
            row ->
                new FigureRow(
                    levels.stream().map(row::get).toList(),
                    measures.stream().map(row::get).map(FigureReader::number).toList(),
                    row.get("status")))
        .toList();
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

  private static Optional<BigDecimal> number(String cell) {
    return Optional.of(cell).filter(text -> !text.isEmpty()).map(BigDecimal::new);
  }

  static Optional<BigDecimal> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
  }
}
