package fr.opendamir.api.doors;

import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/** Generated months of 2013 to 2016, in the layouts and geographies of their time. */
public final class GeneratedVintages implements QuarkusTestResourceLifecycleManager {
  static final List<YearMonth> MONTHS =
      List.of(
          YearMonth.of(2013, 3),
          YearMonth.of(2013, 9),
          YearMonth.of(2014, 9),
          YearMonth.of(2015, 3),
          YearMonth.of(2015, 9),
          YearMonth.of(2016, 9));

  private static final int LINES = 4_000;

  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      return ServedDatabase.settings(
          TestDatabase.shared("generated-vintages", GeneratedVintages::fill).settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("generated-vintages");
    ServedDatabase.require(
        database.importFiles(
            folder.resolve("tmp"),
            MONTHS.stream().map(month -> write(month, folder)).toArray(Path[]::new)));
  }

  /** Writes a month; the same text each time. */
  static Path write(YearMonth month, Path folder) {
    Path file =
        folder.resolve(
            (month.getYear() < 2015 ? "P" : "A") + month.toString().replace("-", "") + ".csv");
    try {
      var unused = new SyntheticFileWriter(2).write(SyntheticMonth.of(month, LINES, 58), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
