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
 * A month and its revision, small enough to add up by hand.
 *
 * <pre>
 *       A  region 11  1110       20 acts  charged  600.50  reimbursed  420.00
 *       B  region 84  3313      100       charged 1000.07  reimbursed  650.01
 * then  C  region 11  1110       15       charged  450.00  reimbursed  315.00
 *       D  12 others  1110        1 each  charged   30.00  reimbursed   21.00
 * </pre>
 *
 * <p>C is a block of the change as it is; D is one without region, in twelve regions, because such
 * a change needs eleven contributors without its largest atom.
 */
public final class RevisedMonth implements QuarkusTestResourceLifecycleManager {
  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      TestDatabase database = TestDatabase.shared("revised-month", RevisedMonth::fill);
      return ServedDatabase.settings(database.settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("revised-month");
    Path first = month().writeTo(folder, "A202401.csv");
    RawMonth corrected = month().line(15, "450", "315");
    for (int region : new int[] {5, 24, 27, 28, 32, 44, 52, 53, 75, 76, 93, 99}) {
      corrected.line(1, "30", "21", "BEN_RES_REG", String.valueOf(region));
    }
    Path revised = corrected.writeTo(folder, "A202401-corrected.csv");
    ServedDatabase.require(database.importFiles(folder.resolve("tmp"), first));
    ServedDatabase.require(database.importFiles(folder.resolve("tmp"), revised));
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }

  private static RawMonth month() {
    return new RawMonth("202401")
        .line(20, "600.5", "420")
        .line(100, "1000.07", "650.01", "PRS_NAT", "3313", "BEN_RES_REG", "84");
  }
}
