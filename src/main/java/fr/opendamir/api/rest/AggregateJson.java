package fr.opendamir.api.rest;

import static fr.opendamir.api.rest.AnswerDescription.writeStrings;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Having;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.SortKey;
import fr.opendamir.question.Totals;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import java.util.Locale;

/**
 * Writes an answer as JSON. Money has two decimals, written digit by digit from exact decimals; no
 * number is ever a string or {@code NaN}.
 */
@ApplicationScoped
class AggregateJson {
  private final Catalog catalog;

  AggregateJson(Catalog catalog) {
    this.catalog = catalog;
  }

  byte[] write(AggregateResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = AnswerRows.JSON.createGenerator(bytes)) {
      json.writeStartObject();
      writeRows(json, result);
      AnswerDescription.writePage(json, result);
      writeQuery(json, result);
      AnswerDescription.writeRelease(json, result);
      AnswerDescription.writeDisclosure(json, result);
      AnswerDescription.writeWarnings(json, result);
      writeUnits(json, result.query());
      AnswerDescription.writeAttribution(json, result);
      writeLinks(json, result);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private void writeRows(JsonGenerator json, AggregateResult result) throws IOException {
    AnswerRows rows = new AnswerRows(catalog, result.query());
    json.writeArrayFieldStart("data");
    for (ResultRow row : result.rows()) {
      rows.write(json, row);
    }
    json.writeEndArray();
  }

  /**
   * The question as {@code POST /v1/aggregates/query} takes it; {@code months} tells besides which
   * months of the release it covers.
   */
  private static void writeQuery(JsonGenerator json, AggregateResult result) throws IOException {
    Question query = result.query();
    json.writeObjectFieldStart("query");
    writeStrings(json, "group_by", query.groupBy().stream().map(Level::id).toList());
    writeStrings(json, "measures", query.measures().stream().map(Measure::id).toList());
    json.writeObjectFieldStart("filters");
    for (CodeFilter filter : query.filters()) {
      writeStrings(
          json,
          filter.level().id(),
          filter.excluded()
              ? filter.codes().stream().map(code -> "!" + code).toList()
              : filter.codes());
    }
    json.writeEndObject();
    writeMonths(json, query);
    writeStrings(json, "months", result.months().stream().map(YearMonth::toString).toList());
    if (!query.having().isEmpty()) {
      writeStrings(json, "having", query.having().stream().map(Having::text).toList());
    }
    if (!query.sort().isEmpty()) {
      writeStrings(json, "sort", query.sort().stream().map(SortKey::text).toList());
    }
    if (query.totals() != Totals.NONE) {
      json.writeStringField("totals", query.totals().name().toLowerCase(Locale.ROOT));
    }
    json.writeStringField("labels", query.labels().name().toLowerCase(Locale.ROOT));
    json.writeStringField("lang", query.language().name().toLowerCase(Locale.ROOT));
    if (query.asksForAllRows()) {
      json.writeStringField("limit", "all");
    } else {
      json.writeNumberField("limit", query.limit());
    }
    if (result.ownCursor().isPresent()) {
      json.writeStringField("cursor", result.ownCursor().get());
    }
    if (result.base().isEmpty() && query.release().isPresent()) {
      json.writeStringField("release", query.release().get());
    }
    json.writeEndObject();
  }

  /** Always there, so that months are known not to be the filter. */
  private static void writeMonths(JsonGenerator json, Question query) throws IOException {
    if (query.months().conditions().isEmpty()) {
      json.writeNullField("month");
    } else {
      // there is one at most: several are merged when a question is understood
      MonthFilter.Condition months = query.months().conditions().get(0);
      String mark = months.excluded() ? "!" : "";
      writeStrings(
          json, "month", months.ranges().stream().map(range -> mark + range.text()).toList());
    }
    if (query.months().last().isPresent()) {
      json.writeNumberField("last", query.months().last().getAsInt());
    }
  }

  private void writeUnits(JsonGenerator json, Question query) throws IOException {
    json.writeObjectFieldStart("units");
    for (Measure measure : query.measures()) {
      json.writeStringField(measure.id(), catalog.describe(measure).unit());
    }
    json.writeEndObject();
  }

  private static void writeLinks(JsonGenerator json, AggregateResult result) throws IOException {
    json.writeObjectFieldStart("links");
    json.writeStringField("self", CanonicalQuestion.path(result));
    json.writeStringField("next", CanonicalQuestion.next(result).orElse(null));
    json.writeStringField("csv", CanonicalQuestion.file(result, AnswerFormat.CSV.id()));
    json.writeStringField("documentation", "/openapi");
    json.writeEndObject();
  }
}
