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
 * A month whose surcharges have codes of all printable characters: 20 acts for 100 euros with each.
 */
public final class OddCodes implements QuarkusTestResourceLifecycleManager {
  /** Undocumented codes. */
  static final List<String> CODES =
      List.of(
          "O'Z",
          "' OR 1=1 --",
          "a\\b",
          "x y",
          "1:5",
          "a-b",
          "é",
          "*",
          "<b>",
          "１１",
          "%s",
          "50 %",
          "a&b=c#d",
          "%27",
          "/*",
          "$1",
          "{x}?",
          "日本",
          "😀",
          "a:b",
          "a+b",
          "[0]",
          "_x0041_",
          "NUL");

  /** After the months of all tests: these settings replace theirs. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      TestDatabase database = TestDatabase.shared("odd-codes", OddCodes::fill);
      return ServedDatabase.settings(database.settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(TestDatabase database) throws IOException {
    Path folder = Files.createTempDirectory("odd-codes");
    RawMonth month = new RawMonth("202401").line(20, "100", "70");
    CODES.forEach(code -> month.line(20, "100", "70", "CPL_COD", code));
    ServedDatabase.require(
        database.importFiles(folder.resolve("tmp"), month.writeTo(folder, "A202401.csv")));
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
