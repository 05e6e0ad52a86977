package fr.opendamir.catalog;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Reads the label resources of this package. */
final class LabelFiles {
  private static final CsvMapper MAPPER = new CsvMapper();

  private LabelFiles() {}

  static List<Map<String, String>> read(String name) {
    try (InputStream in = LabelFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Label resource " + name + " is missing from the jar");
      }
      MappingIterator<Map<String, String>> rows =
          MAPPER
              .readerForMapOf(String.class)
              .with(CsvSchema.emptySchema().withHeader())
              .readValues(in);
      return rows.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException("Label resource " + name + " cannot be read", e);
    }
  }
}
