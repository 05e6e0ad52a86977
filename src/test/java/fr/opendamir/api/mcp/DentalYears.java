package fr.opendamir.api.mcp;

import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * January of 2022, 2023 and 2024, of which dentistry can be divided by hand.
 *
 * <pre>
 *          out of pocket, dentistry          Brittany    elsewhere
 * 2022                                     10,000,000   30,000,000
 * 2023                                     13,000,000   30,000,000
 * 2024                                     16,000,000   30,000,000
 * </pre>
 *
 * <p>Consultations in Brittany must not be added to them.
 */
public final class DentalYears implements QuarkusTestResourceLifecycleManager {
  /** So few that rows of all measures do not fit. */
  static final int MOST_BYTES = 4096;

  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      Map<String, String> settings =
          new HashMap<>(
              ServedDatabase.settings(
                  TestDatabase.shared("dental-years", DentalYears::fill).settings()));
      settings.put("opendamir.mcp.max-answer-bytes", String.valueOf(MOST_BYTES));
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("dental-years");
    Path[] months = new Path[3];
    for (int i = 0; i < months.length; i++) {
      String inBrittany = String.valueOf(30_000_000 + 3_000_000 * i);
      months[i] =
          new RawMonth(2022 + i + "01")
              .line(500_000, inBrittany, "20000000", "PRS_NAT", "1401", "BEN_RES_REG", "53")
              .line(1_500_000, "70000000", "50000000", "PRS_NAT", "1401", "BEN_RES_REG", "11")
              .line(900_000, "40000000", "30000000", "PRS_NAT", "1401", "BEN_RES_REG", "84")
              .line(800_000, "24000000", "16000000", "BEN_RES_REG", "53")
              .writeTo(folder);
    }
    ServedDatabase.require(database.importFiles(folder.resolve("tmp"), months));
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
