package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.RowStatus;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ComparedMonths;
import fr.opendamir.query.Release;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionText;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.List;

/**
 * Writes an answer for an agent: rows with labels, totals in a list of their own, and all that must
 * be said of the figures.
 */
@ApplicationScoped
class SpendingAnswer {
  private static final String ROWS = "rows";

  private final Catalog catalog;
  private final PublicAddress address;
  private final int mostBytes;

  SpendingAnswer(Catalog catalog, PublicAddress address, McpConfig config) {
    this.catalog = catalog;
    this.address = address;
    this.mostBytes = config.maxAnswerBytes();
  }

  /** The structured content of an answer. Rows that make it too long are left out. */
  byte[] write(AggregateResult result) {
    ObjectNode answer = Json.object();
    addRelease(answer, result.release(), result.months());
    addMeasures(answer, result.query());
    ArrayNode rows = answer.putArray(ROWS);
    ArrayNode totals = Json.MAPPER.createArrayNode();
    for (ResultRow row : result.rows()) {
      (row.isTotal() ? totals : rows).add(row(row, result.query()));
    }
    if (!totals.isEmpty()) {
      answer.set("totals", totals);
    }
    answer.put("complete", !result.hasMore() && result.ownCursor().isEmpty());
    answer.put("rows_total", result.total());
    result.nextCursor().ifPresent(cursor -> answer.put("next_cursor", cursor));
    addCaveats(answer, result);
    answer.put("price_units", result.units());
    String rest = rest(result);
    answer.put("rest", rest);
    answer.put("citation", citation(result, rest));
    return bounded(answer, rows);
  }

  /** Leaves out rows from the end until the answer fits, which it then says. */
  private byte[] bounded(ObjectNode answer, ArrayNode rows) {
    byte[] bytes = Json.bytes(answer);
    while (bytes.length > mostBytes && !rows.isEmpty()) {
      int surplus = bytes.length - mostBytes;
      int ofRow = Math.max(1, Json.bytes(rows).length / rows.size());
      for (int i = 0; i <= surplus / ofRow && !rows.isEmpty(); i++) {
        rows.remove(rows.size() - 1);
      }
      answer.put("complete", false);
      answer.remove("next_cursor"); // it would skip the rows that were left out
      answer.put(
          "cut",
          "only %d rows fit into %d bytes; ask with limit=%d and follow next_cursor, or for fewer"
                  .formatted(rows.size(), mostBytes, Math.max(1, rows.size()))
              + " columns, or fetch the address rest");
      bytes = Json.bytes(answer);
    }
    return bytes;
  }

  static void addRelease(ObjectNode answer, Release release, List<YearMonth> months) {
    answer.put("release", release.id());
    answer.put("synthetic", release.isSynthetic());
    if (!months.isEmpty()) {
      addPeriod(answer.putObject("months"), months);
    }
  }

  private static void addPeriod(ObjectNode period, List<YearMonth> months) {
    months.stream()
        .min(YearMonth::compareTo)
        .ifPresent(first -> period.put("first", first.toString()));
    months.stream()
        .max(YearMonth::compareTo)
        .ifPresent(last -> period.put("last", last.toString()));
    period.put("count", months.size());
  }

  private void addMeasures(ObjectNode answer, Question question) {
    ArrayNode measures = answer.putArray("measures");
    for (Measure measure : question.measures()) {
      MeasureDescription description = catalog.describe(measure);
      measures
          .addObject()
          .put("id", measure.id())
          .put("label", description.label().in(question.language()))
          .put("unit", description.unit());
    }
  }

  private ObjectNode row(ResultRow row, Question question) {
    ObjectNode written = Json.object();
    for (int i = 0; i < question.groupBy().size(); i++) {
      Level level = question.groupBy().get(i);
      String code = row.codes().get(i);
      if (!code.equals(ReservedCodes.TOTAL)) {
        written.put(level.id(), code);
        String label = catalog.label(level, code).in(question.language());
        if (!label.equals(code)) {
          written.put(level.id() + "_label", label);
        }
      }
    }
    List<MeasureValue> values = question.values();
    for (int i = 0; i < values.size(); i++) {
      written.put(values.get(i).id(), row.values().get(i));
    }
    addStatus(written, "status", row.status());
    row.compared().ifPresent(status -> addStatus(written, "compared_status", status));
    return written;
  }

  private static void addStatus(ObjectNode row, String name, RowStatus status) {
    if (status != RowStatus.OK) {
      row.put(name, status.id());
    }
  }

  private static void addCaveats(ObjectNode answer, AggregateResult result) {
    ObjectNode notDisclosed = Json.object();
    result
        .notDisclosed()
        .forEach(
            (level, shares) -> {
              ObjectNode ofLevel = notDisclosed.putObject(level.id());
              shares.forEach((measure, share) -> ofLevel.put(measure.id(), share));
            });
    if (!notDisclosed.isEmpty()) {
      answer.set("not_disclosed_share", notDisclosed);
    }
    result.comparedMonths().ifPresent(earlier -> addCompared(answer, earlier));
    if (!result.coverage().isEmpty()) {
      ObjectNode coverage = answer.putObject("coverage");
      result.coverage().forEach((measure, share) -> coverage.put(measure.id(), share));
    }
    ArrayNode warnings = answer.putArray("warnings");
    result
        .warnings()
        .forEach(
            warning -> warnings.add(warning.in(ToolTerms.INSTANCE).in(result.query().language())));
  }

  private static void addCompared(ObjectNode answer, ComparedMonths earlier) {
    ObjectNode compared = answer.putObject("compared_months");
    addPeriod(compared, earlier.months());
    ArrayNode notPublished = compared.putArray("not_published");
    earlier.notPublished().forEach(month -> notPublished.add(month.toString()));
  }

  /** The address of the same figures, of this release for ever. */
  private String rest(AggregateResult result) {
    Question pinned = result.query().of(result.release().id());
    return address.of(
        "/v1/aggregates?"
            + QuestionText.query(pinned)
            + result.ownCursor().map(cursor -> "&cursor=" + cursor).orElse(""));
  }

  private static String citation(AggregateResult result, String rest) {
    Attribution attribution = Attribution.of(result.release(), result.query().language());
    return "%s, Open DAMIR API, release %s (%s). %s. %s"
        .formatted(
            attribution.source(),
            result.release().id(),
            attribution.lastUpdate(),
            attribution.licence(),
            rest);
  }
}
