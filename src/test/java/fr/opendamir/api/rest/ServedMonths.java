package fr.opendamir.api.rest;

import fr.opendamir.store.DatabaseSettings;
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
 * Two months small enough to add up by hand, imported through the import itself.
 *
 * <pre>
 * 2024-01  A  region 11  1110 GP consultation        20 acts  charged  600.50  reimbursed  420.00
 *          B  region 84  3313 pharmacy              100       charged 1000.07  reimbursed  650.01
 *          C  region 11  6111 sick pay              400       charged    0.00  reimbursed 2000.00
 *          D  region 24  1110                         6       charged   10.00  reimbursed    7.00
 *          E  region 27  1110                         6       charged   20.00  reimbursed   14.00
 *          F  region 84  3313, men                  -95       charged -900.00  reimbursed -600.00
 * 2024-02  G  region 11  1110                        40       charged 1200.00  reimbursed  840.00
 * </pre>
 *
 * <p>A, B, C, F and G are blocks as they are (F is 95 boxes at 4 a person, 23 people, all
 * reversed). D and E hold six contributors each: together they are a block without region, for 1110
 * only. B and F together have a net quantity of 5: a cell that holds both is suppressed.
 */
public final class ServedMonths implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    try {
      return ServedDatabase.settings(
          TestDatabase.shared("served-months", ServedMonths::fill).settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A database of these months of its own, for tests that count what is written. */
  static DatabaseSettings own() {
    try {
      TestDatabase database = TestDatabase.create();
      fill(database);
      return database.settings();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("served-months");
    Path january =
        new RawMonth("202401")
            .line(20, "600.5", "420")
            .line(100, "1000.07", "650.01", "PRS_NAT", "3313", "BEN_RES_REG", "84")
            .line(400, "0", "2000", "PRS_NAT", "6111")
            .line(6, "10", "7", "BEN_RES_REG", "24")
            .line(6, "20", "14", "BEN_RES_REG", "27")
            .line(-95, "-900", "-600", "PRS_NAT", "3313", "BEN_RES_REG", "84", "BEN_SEX_COD", "1")
            .writeTo(folder);
    Path february = new RawMonth("202402").line(40, "1200", "840").writeTo(folder);
    ServedDatabase.require(database.importFiles(folder.resolve("tmp"), january, february));
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
