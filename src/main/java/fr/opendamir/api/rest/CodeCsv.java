package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.catalog.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes a list of codes as CSV, as {@link AggregateCsv} writes rows: one line a code, the columns
 * named as the members of JSON, the coarser codes of a service or exemption beside it.
 */
final class CodeCsv {
  private static final CsvFactory CSV =
      CsvFactory.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private CodeCsv() {}

  static byte[] write(Level level, List<DimensionResource.CodeBody> codes) {
    Map<String, Function<DimensionResource.CodeBody, String>> columns = columns(level);
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
    columns.keySet().forEach(schema::addColumn);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (CsvGenerator csv = CSV.createGenerator(bytes)) {
      csv.setSchema(schema.build());
      for (DimensionResource.CodeBody code : codes) {
        write(csv, columns, code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(
      JsonGenerator csv,
      Map<String, Function<DimensionResource.CodeBody, String>> columns,
      DimensionResource.CodeBody code)
      throws IOException {
    csv.writeStartObject();
    for (Map.Entry<String, Function<DimensionResource.CodeBody, String>> column :
        columns.entrySet()) {
      csv.writeStringField(column.getKey(), column.getValue().apply(code));
    }
    csv.writeEndObject();
  }

  private static Map<String, Function<DimensionResource.CodeBody, String>> columns(Level level) {
    Map<String, Function<DimensionResource.CodeBody, String>> columns = new LinkedHashMap<>();
    columns.put("code", DimensionResource.CodeBody::code);
    columns.put("label", DimensionResource.CodeBody::label);
    columns.put("label_fr", DimensionResource.CodeBody::labelFr);
    columns.put("label_en", DimensionResource.CodeBody::labelEn);
    if (level == Level.SERVICE_CODE) {
      columns.put("service_group", DimensionResource.CodeBody::serviceGroup);
      columns.put("service_kind", DimensionResource.CodeBody::serviceKind);
    } else if (level == Level.EXEMPTION_REASON) {
      columns.put("exemption_group", DimensionResource.CodeBody::exemptionGroup);
    }
    return columns;
  }
}
