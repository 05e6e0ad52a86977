package fr.opendamir.api.rest;

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
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Eight months of processing, 2024-01 to 2024-08, each with the same consultations in
 * Île-de-France, by months from care to processing:
 *
 * <pre>
 * months             0      1      2    3    4    5   6-11  12+  unknown
 * reimbursed     6,000  2,000  1,000  500  300  200    400  100      900
 * </pre>
 *
 * 100 acts each, charged twice the amount reimbursed. A month of care receives 10,000 in six
 * months.
 */
public final class CareMonths implements QuarkusTestResourceLifecycleManager {
  private static final DateTimeFormatter FILE_MONTH = DateTimeFormatter.ofPattern("yyyyMM");
  private static final int[] EXACT = {6_000, 2_000, 1_000, 500, 300, 200};

  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      return ServedDatabase.settings(
          TestDatabase.shared("care-months", CareMonths::fill).settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("care-months");
    ServedDatabase.require(
        database.importFiles(
            folder.resolve("tmp"),
            IntStream.rangeClosed(1, 8)
                .mapToObj(month -> processed(YearMonth.of(2024, month)).writeTo(folder))
                .toArray(Path[]::new)));
  }

  private static RawMonth processed(YearMonth month) {
    RawMonth file = new RawMonth(month.format(FILE_MONTH));
    for (int lag = 0; lag < EXACT.length; lag++) {
      add(file, EXACT[lag], month.minusMonths(lag));
    }
    add(file, 400, month.minusMonths(8));
    add(file, 100, month.minusMonths(20));
    return file.line(100, "1800", "900", "SOI_ANN", "0", "SOI_MOI", "0");
  }

  private static void add(RawMonth file, int reimbursed, YearMonth care) {
    file.line(
        100,
        String.valueOf(2 * reimbursed),
        String.valueOf(reimbursed),
        "SOI_ANN",
        String.valueOf(care.getYear()),
        "SOI_MOI",
        String.valueOf(care.getMonthValue()));
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
