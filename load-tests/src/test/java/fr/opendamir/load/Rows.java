package fr.opendamir.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * How many rows were read, and what their amounts add up to.
 *
 * @param count rows
 * @param sum of the measure {@code reimbursed}
 */
record Rows(long count, BigDecimal sum) {
  private static final String MEASURE = "reimbursed";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  static final Rows NONE = new Rows(0, BigDecimal.ZERO);

  /**
   * A page, and where the next one is.
   *
   * @param rows of it
   * @param next address of the next page; empty after the last
   */
  record Page(Rows rows, String next) {}

  Rows plus(Rows more) {
    return new Rows(count + more.count, sum.add(more.sum));
  }

  /** Fails where these are not all rows with that total. */
  void require(Rows all) {
    if (count != all.count || sum.compareTo(all.sum) != 0) {
      throw new IllegalStateException("read " + this + " instead of " + all);
    }
  }

  static Rows ofCsv(String body) {
    List<String> lines = body.lines().toList();
    int column = Arrays.asList(lines.get(0).split(",", -1)).indexOf(MEASURE);
    return lines.stream()
        .skip(1)
        .map(line -> new Rows(1, amount(line.split(",", -1)[column])))
        .reduce(NONE, Rows::plus);
  }

  static Rows ofNdjson(String body) {
    return body.lines().map(line -> row(json(line))).reduce(NONE, Rows::plus);
  }

  static Page page(String body) {
    JsonNode answer = json(body);
    Rows rows = NONE;
    for (JsonNode row : answer.get("data")) {
      rows = rows.plus(row(row));
    }
    return new Page(rows, answer.get("links").get("next").asText("").replaceFirst("^null$", ""));
  }

  /** How many rows a question has in all, as its first page tells. */
  static long total(String body) {
    return json(body).get("page").get("total").asLong();
  }

  private static Rows row(JsonNode row) {
    return new Rows(1, row.get(MEASURE).decimalValue());
  }

  private static BigDecimal amount(String text) {
    return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON", e);
    }
  }
}
