package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.AggregateQuery;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.CodeFilter;
import fr.opendamir.query.LabelStyle;
import fr.opendamir.query.Release;
import fr.opendamir.query.ResultRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes an answer as JSON. Money has two decimals, written digit by digit from exact decimals; no
 * number is ever a string or {@code NaN}.
 */
@ApplicationScoped
class AggregateJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final Catalog catalog;

  AggregateJson(Catalog catalog) {
    this.catalog = catalog;
  }

  byte[] write(AggregateResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      writeRows(json, result);
      writePage(json, result);
      writeQuery(json, result);
      writeRelease(json, result);
      writeDisclosure(json, result);
      json.writeArrayFieldStart("warnings");
      for (var warning : result.warnings()) {
        json.writeString(warning.in(result.query().language()));
      }
      json.writeEndArray();
      writeUnits(json, result.query());
      writeAttribution(json, result.release(), result.query().language());
      writeLinks(json, result);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private void writeRows(JsonGenerator json, AggregateResult result) throws IOException {
    json.writeArrayFieldStart("data");
    for (ResultRow row : result.rows()) {
      writeRow(json, result.query(), row);
    }
    json.writeEndArray();
  }

  private void writeRow(JsonGenerator json, AggregateQuery query, ResultRow row)
      throws IOException {
    json.writeStartObject();
    for (int i = 0; i < query.groupBy().size(); i++) {
      Level level = query.groupBy().get(i);
      String code = row.codes().get(i);
      if (query.labels() != LabelStyle.NAME) {
        json.writeStringField(level.id(), code);
      }
      if (query.labels() != LabelStyle.ID) {
        json.writeStringField(
            level.id() + "_label", catalog.label(level, code).in(query.language()));
      }
    }
    for (int i = 0; i < query.measures().size(); i++) {
      BigDecimal value = row.values().get(i);
      json.writeFieldName(query.measures().get(i).id());
      if (value == null) {
        json.writeNull();
      } else {
        json.writeNumber(value);
      }
    }
    json.writeStringField("status", row.suppressed() ? "suppressed" : "ok");
    json.writeEndObject();
  }

  private static void writePage(JsonGenerator json, AggregateResult result) throws IOException {
    json.writeObjectFieldStart("page");
    json.writeNumberField("limit", result.query().limit());
    json.writeNullField("next_cursor");
    json.writeBooleanField("has_more", result.total() > result.rows().size());
    json.writeNumberField("total", result.total());
    json.writeEndObject();
  }

  private static void writeQuery(JsonGenerator json, AggregateResult result) throws IOException {
    AggregateQuery query = result.query();
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
    writeStrings(json, "months", result.months().stream().map(YearMonth::toString).toList());
    json.writeStringField("labels", query.labels().name().toLowerCase(Locale.ROOT));
    json.writeStringField("lang", query.language().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("limit", query.limit());
    json.writeEndObject();
  }

  private static void writeRelease(JsonGenerator json, AggregateResult result) throws IOException {
    if (result.base().isPresent()) {
      json.writeObjectFieldStart("difference");
      writeRelease(json, "from", result.base().get());
      writeRelease(json, "to", result.release());
      json.writeEndObject();
    } else {
      writeRelease(json, "release", result.release());
    }
  }

  private static void writeRelease(JsonGenerator json, String name, Release release)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("id", release.id());
    json.writeStringField("published_at", release.publishedAt().toString());
    json.writeBooleanField("synthetic", release.isSynthetic());
    writeStrings(json, "months", release.monthList().stream().map(YearMonth::toString).toList());
    json.writeEndObject();
  }

  private static void writeDisclosure(JsonGenerator json, AggregateResult result)
      throws IOException {
    json.writeObjectFieldStart("disclosure");
    json.writeStringField("policy", result.release().policyId());
    json.writeNumberField("threshold", result.threshold());
    // A share of a change, whose parts may cancel, would mean nothing.
    if (result.base().isEmpty()) {
      json.writeObjectFieldStart("not_disclosed");
      for (Map.Entry<Level, BigDecimal> share : result.notDisclosed().entrySet()) {
        json.writeNumberField(share.getKey().id(), share.getValue());
      }
      json.writeEndObject();
    }
    json.writeStringField("documentation", "/v1/disclosure");
    json.writeEndObject();
  }

  private void writeUnits(JsonGenerator json, AggregateQuery query) throws IOException {
    json.writeObjectFieldStart("units");
    for (Measure measure : query.measures()) {
      json.writeStringField(measure.id(), catalog.describe(measure).unit());
    }
    json.writeEndObject();
  }

  private static void writeAttribution(JsonGenerator json, Release release, Language language)
      throws IOException {
    Attribution attribution = Attribution.of(release, language);
    json.writeObjectFieldStart("attribution");
    json.writeStringField("source", attribution.source());
    json.writeStringField("licence", attribution.licence());
    json.writeStringField("last_update", attribution.lastUpdate());
    json.writeEndObject();
  }

  private static void writeLinks(JsonGenerator json, AggregateResult result) throws IOException {
    json.writeObjectFieldStart("links");
    json.writeStringField(
        "self",
        result
            .base()
            .map(
                base ->
                    CanonicalQuestion.path(
                        DifferenceResource.path(base.id(), result.release().id()), result.query()))
            .orElseGet(() -> CanonicalQuestion.path(result.query())));
    json.writeNullField("next");
    json.writeStringField("documentation", "/openapi");
    json.writeEndObject();
  }

  private static void writeStrings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
