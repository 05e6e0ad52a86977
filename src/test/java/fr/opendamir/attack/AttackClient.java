package fr.opendamir.attack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The only thing an attacker has: HTTP against a published address. It knows the documented
 * interface and nothing of the inside, so that what it finds, anybody can find.
 *
 * <p>Answers to tables are remembered, as an attacker would keep them.
 */
final class AttackClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final CsvMapper CSV = new CsvMapper();
  private static final List<String> MEASURES = List.of("quantity", "charged", "reimbursed");

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final Map<String, Answer> kept = new HashMap<>();
  private int questions;

  AttackClient(URI base) {
    this.base = base;
  }

  /** How many requests were sent so far. */
  int questions() {
    return questions;
  }

  /** Asks for aggregates; every row must have come, since an attack on half a table is none. */
  Answer ask(Question question) {
    return complete("/v1/aggregates?" + question.parameters());
  }

  /** Asks for how a release differs from an earlier one, in the same shape as aggregates. */
  Answer askDifference(String earlier, String later, Question question) {
    return complete("/v1/releases/" + earlier + "/diff/" + later + "?" + question.parameters());
  }

  /** The releases that are served, newest first. */
  List<String> releases() {
    List<String> ids = new ArrayList<>();
    for (JsonNode release : json(get("/v1/releases").body()).path("data")) {
      ids.add(release.path("id").asText());
    }
    return ids;
  }

  /** Asks anything, whatever the answer's status. */
  Answer get(String pathAndParameters) {
    return send(HttpRequest.newBuilder(base.resolve(pathAndParameters)));
  }

  /** Asks by a body, whatever the answer's status. */
  Answer post(String path, String json) {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private Answer send(HttpRequest.Builder asked) {
    questions++;
    HttpRequest request = asked.timeout(PATIENCE).build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return answer(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + request.uri(), e);
    }
  }

  static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + body, e);
    }
  }

  private Answer complete(String pathAndParameters) {
    Answer known = kept.get(pathAndParameters);
    if (known != null) {
      return known;
    }
    Answer answer = get(pathAndParameters);
    if (answer.statusCode() != 200 || answer.total() != answer.rows().size()) {
      throw new IllegalStateException(
          "status %d, %d of %d rows for %s: %s"
              .formatted(
                  answer.statusCode(),
                  answer.rows().size(),
                  answer.total(),
                  pathAndParameters,
                  answer.body().substring(0, Math.min(500, answer.body().length()))));
    }
    kept.put(pathAndParameters, answer);
    return answer;
  }

  private static Answer answer(HttpResponse<String> response) {
    List<AnswerRow> rows = List.of();
    long total = 0;
    if (response.statusCode() == 200) {
      String type = response.headers().firstValue("Content-Type").orElse("");
      if (type.startsWith("text/csv")) {
        rows = csvRows(response.body());
      } else if (type.startsWith("application/x-ndjson")) {
        rows = response.body().lines().map(line -> row(json(line))).toList();
      } else if (type.startsWith("application/graphql-response+json")) {
        JsonNode spending = json(response.body()).at("/data/spending");
        rows = spending.path("nodes").valueStream().map(AttackClient::row).toList();
        total = spending.path("totalCount").asLong(rows.size());
      } else {
        JsonNode json = json(response.body());
        rows = json.path("data").valueStream().map(AttackClient::row).toList();
        total = json.path("page").path("total").asLong(rows.size());
      }
    }
    return new Answer(
        response.statusCode(), response.headers().map(), response.body(), rows, total);
  }

  private static List<AnswerRow> csvRows(String body) {
    List<AnswerRow> rows = new ArrayList<>();
    try (MappingIterator<Map<String, String>> lines =
        CSV.readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(body)) {
      while (lines.hasNext()) {
        rows.add(csvRow(lines.next()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("not CSV: " + body, e);
    }
    return rows;
  }

  /** An empty figure is one that is not shown. */
  private static AnswerRow csvRow(Map<String, String> line) {
    Map<String, String> codes = new LinkedHashMap<>(line);
    String status = codes.remove("status");
    Map<String, BigDecimal> figures = new LinkedHashMap<>();
    for (String measure : MEASURES) {
      String figure = codes.remove(measure);
      if (figure != null && !figure.isEmpty()) {
        figures.put(measure, new BigDecimal(figure));
      }
    }
    return new AnswerRow(codes, figures, status);
  }

  /** Codes and labels are text, alone or in an object; figures are numbers or null. */
  private static AnswerRow row(JsonNode row) {
    Map<String, String> codes = new LinkedHashMap<>();
    Map<String, BigDecimal> figures = new LinkedHashMap<>();
    row.properties()
        .forEach(
            field -> {
              if (field.getValue().isNumber()) {
                figures.put(field.getKey(), field.getValue().decimalValue());
              } else if (field.getValue().isObject()) {
                codes.put(field.getKey(), field.getValue().path("code").asText());
              } else if (field.getValue().isTextual() && !field.getKey().equals("status")) {
                codes.put(field.getKey(), field.getValue().asText());
              }
            });
    return new AnswerRow(codes, figures, row.path("status").asText().toLowerCase(Locale.ROOT));
  }
}
