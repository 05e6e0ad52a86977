package fr.opendamir.attack;

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
 * Two months of which an attacker knows everything but the region of one line. The file of January
 * is not public, that of February was declared public.
 */
public final class NearlyKnownMonths implements QuarkusTestResourceLifecycleManager {
  static final String REGION = "84";

  @Override
  public Map<String, String> start() {
    try {
      TestDatabase database = TestDatabase.create();
      Path folder = Files.createTempDirectory("nearly-known");
      Path temporary = folder.resolve("tmp");
      ServedDatabase.require(
          database.importFiles(temporary, month("202401", REGION).writeTo(folder)));
      ServedDatabase.require(
          database.importPublicFiles(temporary, month("202402", REGION).writeTo(folder)));
      return ServedDatabase.settings(database.settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }

  /** Returns the month as it would be if the unknown line were of that region. */
  static RawMonth month(String month, String region) {
    return new RawMonth(month)
        .line(50, "1500", "1050", "BEN_RES_REG", "11")
        .line(50, "1500", "1050", "BEN_RES_REG", "84")
        .line(1, "30", "21", "BEN_RES_REG", region);
  }
}
