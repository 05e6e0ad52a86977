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
 * Months of two years, whose comparisons can be calculated by hand.
 *
 * <pre>
 * 2023-01  region 11  1110  2,000,000 acts  charged 60,000,000  reimbursed 40,000,000
 *          region 84  1110         40               1,000                     600
 * 2023-02  region 11  1110  3,000,000           90,000,000            50,000,000
 *          region 84  3313        100 and -95      1,000 - 900             650 - 600   (suppressed)
 * 2023-03  region 11  1110  2,500,000           70,000,000            45,000,000
 *          region 93  1110         22                 660                     330
 * 2024-01  region 11  1110  2,400,000           72,000,000            50,000,000
 *          region 84  3313        100 and -95      1,000 - 900             650 - 600   (suppressed)
 * 2024-02  region 11  1110  3,300,000           99,000,000            55,000,000
 *          region 84  1110         50               1,500                   1,000
 *          region 24  1110         21                 630                     420
 * 2024-03  region 11  1110  2,000,000           50,000,000            30,000,000
 * 2024-04  region 11  1110  2,000,000           60,000,000            42,000,000
 * </pre>
 */
public final class TwoYears implements QuarkusTestResourceLifecycleManager {
  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      return ServedDatabase.settings(TestDatabase.shared("two-years", TwoYears::fill).settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("two-years");
    ServedDatabase.require(
        database.importFiles(
            folder.resolve("tmp"),
            new RawMonth("202301")
                .line(2_000_000, "60000000", "40000000")
                .line(40, "1000", "600", "BEN_RES_REG", "84")
                .writeTo(folder),
            fewActs(new RawMonth("202302").line(3_000_000, "90000000", "50000000")).writeTo(folder),
            new RawMonth("202303")
                .line(2_500_000, "70000000", "45000000")
                .line(22, "660", "330", "BEN_RES_REG", "93")
                .writeTo(folder),
            fewActs(new RawMonth("202401").line(2_400_000, "72000000", "50000000")).writeTo(folder),
            new RawMonth("202402")
                .line(3_300_000, "99000000", "55000000")
                .line(50, "1500", "1000", "BEN_RES_REG", "84")
                .line(21, "630", "420", "BEN_RES_REG", "24")
                .writeTo(folder),
            new RawMonth("202403").line(2_000_000, "50000000", "30000000").writeTo(folder),
            new RawMonth("202404").line(2_000_000, "60000000", "42000000").writeTo(folder)));
  }

  /** Two blocks of opposite signs that leave five acts. */
  private static RawMonth fewActs(RawMonth month) {
    return month
        .line(100, "1000", "650", "PRS_NAT", "3313", "BEN_RES_REG", "84")
        .line(-95, "-900", "-600", "PRS_NAT", "3313", "BEN_RES_REG", "84", "BEN_SEX_COD", "1");
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
