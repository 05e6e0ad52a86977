package fr.opendamir.attack;

import fr.opendamir.disclosure.DisclosurePolicy;
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
 * A service that serves what an import made of one month, edition after edition. Attackers hit it
 * from one address, much faster than people do: limits of requests are not what is tried here.
 */
abstract class AttackedMonths implements QuarkusTestResourceLifecycleManager {
  private final DisclosurePolicy policy;
  private final List<Truth> editions;

  AttackedMonths(DisclosurePolicy policy, List<Truth> editions) {
    this.policy = policy;
    this.editions = List.copyOf(editions);
  }

  @Override
  public Map<String, String> start() {
    try {
      TestDatabase database = TestDatabase.create();
      Path folder = Files.createTempDirectory("attacked-month");
      for (int i = 0; i < editions.size(); i++) {
        Path file = SmallCellsMonth.write(editions.get(i), folder, "A202401-" + i + ".csv");
        ServedDatabase.require(database.importFiles(policy, folder.resolve("tmp"), file));
      }
      return ServedDatabase.settings(database.settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
