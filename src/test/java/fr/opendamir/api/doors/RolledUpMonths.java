package fr.opendamir.api.doors;

import fr.opendamir.testing.ManyBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * Four months over two years, with rollups. The second is revised twice: by a large change, that
 * has rollups of its own, and by a small one.
 */
public final class RolledUpMonths implements QuarkusTestResourceLifecycleManager {
  /** Where tests that compare answers with blocks read those. */
  static final String BLOCKS_URL = "opendamir.test.blocks-url";

  private static final int LINES = 6_000;

  /** Months from care to processing, at least one for each code. */
  private static final List<Integer> LAGS = List.of(1, 2, 3, 4, 5, 6, 9, 11, 12, 20);

  private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMM");

  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      TestDatabase database = TestDatabase.shared("rolled-up-months", RolledUpMonths::fill);
      Map<String, String> settings = ServedDatabase.settings(database.settings());
      settings.put(BLOCKS_URL, database.settings().url());
      // Questions are asked side by side, and a place is free a moment after its answer is read.
      settings.put("opendamir.access.streams.places-of-caller", "1000");
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("rolled-up-months");
    Path temporary = folder.resolve("tmp");
    ServedDatabase.require(
        database.importFiles(
            temporary,
            month("202311", LINES, 1).writeTo(folder),
            month("202312", LINES, 2).writeTo(folder),
            month("202401", LINES, 3).writeTo(folder),
            month("202402", LINES, 4).writeTo(folder)));
    // The same seed draws the same lines first.
    ServedDatabase.require(
        database.importFiles(
            temporary, month("202312", LINES + 500, 2).writeTo(folder, "A202312-a.csv")));
    ServedDatabase.require(
        database.importFiles(
            temporary,
            month("202312", LINES + 500, 2)
                .line(500, "15000.07", "10500.01", "PRS_NAT", "1113", "BEN_RES_REG", "84")
                .line(700, "20000.99", "14000.09", "PRS_NAT", "1113", "BEN_RES_REG", "24")
                .line(900, "3.33", "2.22", "PRS_NAT", "1113", "BEN_SEX_COD", "1")
                .writeTo(folder, "A202312-b.csv")));
  }

  /** A month with care of earlier months too, of every lag that there is. */
  private static RawMonth month(String month, int lines, long seed) {
    RawMonth raw = ManyBlocks.month(month, lines, seed);
    YearMonth processed = YearMonth.parse(month, COMPACT);
    for (int lag : LAGS) {
      String given = COMPACT.format(processed.minusMonths(lag));
      for (String region : List.of("11", "84", "93")) {
        raw.line(
            200L + lag,
            "9000.50",
            "6000.25",
            "BEN_RES_REG",
            region,
            "SOI_ANN",
            given.substring(0, 4),
            "SOI_MOI",
            given.substring(4));
      }
    }
    return raw.line(300, "8000", "5000", "SOI_ANN", "0000", "SOI_MOI", "00");
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
