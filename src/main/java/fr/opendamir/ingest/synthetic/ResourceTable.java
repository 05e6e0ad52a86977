package fr.opendamir.ingest.synthetic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads the comma-separated tables beside this package and the small lists in their cells. */
final class ResourceTable {

  private ResourceTable() {}

  /** The rows of a table without its header; no cell holds a comma or a quote. */
  static List<List<String>> rows(String name) {
    try (InputStream in = ResourceTable.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader.lines().skip(1).map(line -> List.of(line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of a cell such as {@code 3000|2650}. */
  static double[] numbers(String cell) {
    return Arrays.stream(cell.split("\\|", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
