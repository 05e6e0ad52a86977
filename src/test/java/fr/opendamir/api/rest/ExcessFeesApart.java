package fr.opendamir.api.rest;

import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.RawMonth;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A month in which the excess fees of one region are carried without their region, by a block of
 * this measure alone: moved in the database, after the import.
 *
 * <pre>
 * A  region 11  1110   20 acts  charged  600.00  reimbursed  420.00  excess fees 100.00
 * B  region 84  1110   30       charged  900.00  reimbursed  630.00
 * C  region ND  1110                                                 excess fees  50.00
 * </pre>
 *
 * <p>A third of the excess fees has no region; everything else has one. How much of the
 * reimbursement base has no insurance is unknown.
 */
public final class ExcessFeesApart implements QuarkusTestResourceLifecycleManager {
  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      return ServedDatabase.settings(
          TestDatabase.shared("excess-fees-apart", ExcessFeesApart::fill).settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("excess-fees-apart");
    Path month =
        new RawMonth("202401")
            .line(20, "600", "420", "FLT_DEP_MNT", "100")
            .line(30, "900", "630", "FLT_DEP_MNT", "50", "BEN_RES_REG", "84")
            .writeTo(folder);
    ServedDatabase.require(database.importFiles(folder.resolve("tmp"), month));
    try (Connection connection =
            DriverManager.getConnection(
                database.settings().url(), database.settings().username(), "");
        Statement statement = connection.createStatement()) {
      PublishedBlocks.change(
          database.settings(),
          """
          INSERT INTO block SELECT block.* REPLACE ('ND' AS region, 0 AS quantity, 0 AS charged, 0 AS reimbursed,
            0 AS reimbursement_base, 0 AS reimbursed_all)
          FROM block WHERE region = '84'
          """,
          "UPDATE block SET excess_fees = 0 WHERE region = '84'");
      // What an import says of such blocks.
      statement.execute("UPDATE control.import SET blocks = 3");
      statement.execute("DELETE FROM control.import_rollup");
      statement.execute("UPDATE control.import_loss SET excess_fees = 5000 WHERE level = 'region'");
      // What an earlier version did not sum.
      statement.execute(
          "UPDATE control.import_loss SET reimbursement_base = NULL WHERE level = 'insurance'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
