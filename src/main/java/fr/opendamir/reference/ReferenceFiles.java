package fr.opendamir.reference;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Reads the resources of this package. */
final class ReferenceFiles {
  private static final CsvMapper MAPPER = new CsvMapper();

  private ReferenceFiles() {}

  static List<Map<String, String>> read(String name) {
    try (InputStream in = ReferenceFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("reference " + name + " is missing from the jar");
      }
      MappingIterator<Map<String, String>> rows =
          MAPPER
              .readerForMapOf(String.class)
              .with(CsvSchema.emptySchema().withHeader())
              .readValues(in);
      return rows.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException("reference " + name + " cannot be read", e);
    }
  }
}
