package fr.opendamir.api.rest;

import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Months of both geographies, which can be summed by hand.
 *
 * <pre>
 * 2013-06  zone 1     exemption 0   2,000,000 acts  charged 60,000,000  reimbursed 40,000,000
 *          zone 5               41  1,000,000               30,000,000             20,000,000
 * 2014-01  zone 1                0  1,500,000               45,000,000             30,000,000
 * 2015-01  region 11             0  1,800,000               54,000,000             36,000,000
 *          region 53            41    900,000               27,000,000             18,000,000
 * 2016-06  region 11             0  2,200,000               66,000,000             44,000,000
 * </pre>
 */
public final class TwoVintages implements QuarkusTestResourceLifecycleManager {
  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      return ServedDatabase.settings(
          TestDatabase.shared("two-vintages", TwoVintages::fill).settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("two-vintages");
    ServedDatabase.require(
        database.importFiles(
            folder.resolve("tmp"),
            new RawMonth("201306")
                .line(2_000_000, "60000000", "40000000")
                .line(1_000_000, "30000000", "20000000", "BEN_RES_REG", "5", "EXO_MTF", "41")
                .writeTo(folder),
            new RawMonth("201401").line(1_500_000, "45000000", "30000000").writeTo(folder),
            new RawMonth("201501")
                .line(1_800_000, "54000000", "36000000")
                .line(900_000, "27000000", "18000000", "BEN_RES_REG", "53", "EXO_MTF", "41")
                .writeTo(folder),
            new RawMonth("201606").line(2_200_000, "66000000", "44000000").writeTo(folder)));
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
