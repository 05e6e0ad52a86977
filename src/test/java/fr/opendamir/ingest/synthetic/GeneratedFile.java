package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import fr.opendamir.ingest.source.SourceLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A generated file read back line by line, without the code under test. */
record GeneratedFile(Path path, SourceLayout layout) {

  static GeneratedFile of(Path directory, YearMonth month, long lines) throws IOException {
    Path file = directory.resolve("A" + month + ".csv");
    SyntheticMonth wanted = SyntheticMonth.of(month, lines, 1);
    new SyntheticFileWriter().write(wanted, file);
    return new GeneratedFile(file, wanted.layout());
  }

  /** Passes every data line. */
  void forEach(Consumer<Fields> action) throws IOException {
    try (Stream<String> lines = Files.lines(path, StandardCharsets.US_ASCII)) {
      Map<SourceColumn, Integer> positions = new EnumMap<>(SourceColumn.class);
      layout.columns().forEach(column -> positions.put(column, positions.size()));
      lines.skip(1).forEach(line -> action.accept(new Fields(positions, split(line))));
    }
  }

  private static List<String> split(String line) {
    List<String> fields = new ArrayList<>(57);
    int from = 0;
    for (int semicolon = line.indexOf(';'); semicolon >= 0; semicolon = line.indexOf(';', from)) {
      fields.add(line.substring(from, semicolon));
      from = semicolon + 1;
    }
    fields.add(line.substring(from));
    return fields;
  }

  /** The fields of one line, the empty one behind the last semicolon included. */
  record Fields(Map<SourceColumn, Integer> positions, List<String> values) {

    String text(SourceColumn column) {
      return values.get(positions.get(column));
    }

    int code(SourceColumn column) {
      return Integer.parseInt(text(column));
    }

    /** Hundredths of a decimal field. */
    long hundredths(SourceColumn column) {
      String text = text(column);
      int point = text.indexOf('.');
      if (point < 0) {
        return Long.parseLong(text) * 100;
      }
      String digits = text.substring(0, point) + (text.substring(point + 1) + "0").substring(0, 2);
      return Long.parseLong(digits);
    }
  }
}
