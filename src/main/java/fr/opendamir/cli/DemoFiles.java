package fr.opendamir.cli;

import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The demonstration set: three small synthetic months, removed once they are imported. */
final class DemoFiles implements AutoCloseable {
  private static final YearMonth FIRST = YearMonth.of(2024, 10);
  private static final int MONTHS = 3;
  private static final long LINES = 200_000;

  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  DemoFiles(Path databaseFolder) {
    this.folder = databaseFolder.resolve("tmp");
  }

  List<Path> generate(ImportProgress progress) {
    progress.message("The database is empty: making a small synthetic demonstration set.");
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < MONTHS; i++) {
        YearMonth month = FIRST.plusMonths(i);
        Path file = folder.resolve("A" + month.toString().replace("-", "") + "-synthetic-demo.csv");
        files.add(file);
        var unused = new SyntheticFileWriter().write(SyntheticMonth.of(month, LINES, i + 1L), file);
      }
      return List.copyOf(files);
    } catch (IOException e) {
      throw new UncheckedIOException("the demonstration set cannot be written", e);
    }
  }

  @Override
  public void close() {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the demonstration set cannot be removed", e);
    }
  }
}
