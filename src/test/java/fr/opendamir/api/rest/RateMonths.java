package fr.opendamir.api.rest;

import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Two months of 2024 whose rates can be calculated by hand. The strata of age and sex are numbered
 * 1 to 8: men of 0-19, 20-39, 40-59, 60 and over, then women.
 *
 * <pre>
 * 2024-01  region 11  1110 in stratum i    i * 100,000 acts  charged i * 1,500,000  reimbursed i * 1,000,000
 *          region 84  1110 in each stratum      50,000       charged       750,000  reimbursed       500,000
 *          region 99  1110, women of 60+        10,000       charged     1,200,000  reimbursed     1,000,000
 *          region 11  6111 sick pay              1,000       charged             0  reimbursed     9,000,000
 * 2024-02  region 11  1110 in stratum i    i *  50,000 acts  charged i *   750,000  reimbursed i *   500,000
 * </pre>
 */
public final class RateMonths implements QuarkusTestResourceLifecycleManager {
  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  private static final List<String> AGES = List.of("0", "20", "50", "80");

  @Override
  public Map<String, String> start() {
    try {
      return ServedDatabase.settings(
          TestDatabase.shared("rate-months", RateMonths::fill).settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("rate-months");
    RawMonth january = new RawMonth("202401");
    RawMonth february = new RawMonth("202402");
    for (int i = 1; i <= 8; i++) {
      String sex = i <= 4 ? "1" : "2";
      String age = AGES.get((i - 1) % 4);
      january
          .line(
              i * 100_000L,
              euros(i * 1_500_000L),
              euros(i * 1_000_000L),
              "BEN_SEX_COD",
              sex,
              "AGE_BEN_SNDS",
              age)
          .line(
              50_000,
              "750000",
              "500000",
              "BEN_SEX_COD",
              sex,
              "AGE_BEN_SNDS",
              age,
              "BEN_RES_REG",
              "84");
      february.line(
          i * 50_000L,
          euros(i * 750_000L),
          euros(i * 500_000L),
          "BEN_SEX_COD",
          sex,
          "AGE_BEN_SNDS",
          age);
    }
    january
        .line(10_000, "1200000", "1000000", "BEN_RES_REG", "99")
        .line(1_000, "0", "9000000", "PRS_NAT", "6111");
    ServedDatabase.require(
        database.importFiles(
            folder.resolve("tmp"), january.writeTo(folder), february.writeTo(folder)));
  }

  private static String euros(long amount) {
    return String.valueOf(amount);
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
