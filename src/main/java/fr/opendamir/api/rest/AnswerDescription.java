package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.Release;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/**
 * What accompanies the figures in the formats that have room for it, as members of the object that
 * is being written: page, release, disclosure, warnings and attribution.
 */
final class AnswerDescription {
  private AnswerDescription() {}

  static void writePage(JsonGenerator json, AggregateResult result) throws IOException {
    json.writeObjectFieldStart("page");
    json.writeNumberField("limit", result.query().limit());
    json.writeStringField("next_cursor", result.nextCursor().orElse(null));
    json.writeBooleanField("has_more", result.hasMore());
    json.writeNumberField("total", result.total());
    json.writeEndObject();
  }

  /** Writes {@code release}, or {@code difference} with the two releases that were compared. */
  static void writeRelease(JsonGenerator json, AggregateResult result) throws IOException {
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

  static void writeDisclosure(JsonGenerator json, AggregateResult result) throws IOException {
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

  static void writeWarnings(JsonGenerator json, AggregateResult result) throws IOException {
    json.writeArrayFieldStart("warnings");
    for (Label warning : result.warnings()) {
      json.writeString(warning.in(result.query().language()));
    }
    json.writeEndArray();
  }

  static void writeAttribution(JsonGenerator json, AggregateResult result) throws IOException {
    Attribution attribution = Attribution.of(result.release(), result.query().language());
    json.writeObjectFieldStart("attribution");
    json.writeStringField("source", attribution.source());
    json.writeStringField("licence", attribution.licence());
    json.writeStringField("last_update", attribution.lastUpdate());
    json.writeEndObject();
  }

  static void writeStrings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
