package fr.opendamir.attack;

import fr.opendamir.ingest.source.FileChecksum;
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
 * Two months of which an attacker knows everything but the region of one line. The file of January
 * is not public, that of February was declared public.
 */
public final class NearlyKnownMonths implements QuarkusTestResourceLifecycleManager {
  static final String REGION = "84";

  private static final List<String> REGIONS =
      List.of("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93");

  @Override
  public Map<String, String> start() {
    return ServedDatabase.settings(imported().settings());
  }

  static TestDatabase imported() {
    try {
      TestDatabase database = TestDatabase.create();
      Path folder = Files.createTempDirectory("nearly-known");
      Path temporary = folder.resolve("tmp");
      ServedDatabase.require(
          database.importFiles(temporary, month("202401", REGION).writeTo(folder)));
      ServedDatabase.require(
          database.importPublicFiles(temporary, month("202402", REGION).writeTo(folder)));
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }

  /** The regions whose file has a checksum that is in a text. */
  static List<String> confirmedRegions(String month, String text, Path folder) {
    return REGIONS.stream()
        .filter(region -> text.contains(FileChecksum.sha256(month(month, region).writeTo(folder))))
        .toList();
  }

  /** Returns the month as it would be if the unknown line were of that region. */
  static RawMonth month(String month, String region) {
    return new RawMonth(month)
        .line(50, "1500", "1050", "BEN_RES_REG", "11")
        .line(50, "1500", "1050", "BEN_RES_REG", "84")
        .line(1, "30", "21", "BEN_RES_REG", region);
  }
}
