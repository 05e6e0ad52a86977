package fr.opendamir.api.doors;

import fr.opendamir.testing.ManyBlocks;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Four months over two years, with rollups. The second is revised twice: by a large change, that
 * has rollups of its own, and by a small one.
 */
public final class RolledUpMonths implements QuarkusTestResourceLifecycleManager {
  /** Where tests that compare answers with blocks read those. */
  static final String BLOCKS_URL = "opendamir.test.blocks-url";

  private static final int LINES = 6_000;

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
            ManyBlocks.month("202311", LINES, 1).writeTo(folder),
            ManyBlocks.month("202312", LINES, 2).writeTo(folder),
            ManyBlocks.month("202401", LINES, 3).writeTo(folder),
            ManyBlocks.month("202402", LINES, 4).writeTo(folder)));
    // The same seed draws the same lines first.
    ServedDatabase.require(
        database.importFiles(
            temporary,
            ManyBlocks.month("202312", LINES + 500, 2).writeTo(folder, "A202312-a.csv")));
    ServedDatabase.require(
        database.importFiles(
            temporary,
            ManyBlocks.month("202312", LINES + 500, 2)
                .line(500, "15000.07", "10500.01", "PRS_NAT", "1113", "BEN_RES_REG", "84")
                .line(700, "20000.99", "14000.09", "PRS_NAT", "1113", "BEN_RES_REG", "24")
                .line(900, "3.33", "2.22", "PRS_NAT", "1113", "BEN_SEX_COD", "1")
                .writeTo(folder, "A202312-b.csv")));
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
