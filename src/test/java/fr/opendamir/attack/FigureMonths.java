package fr.opendamir.attack;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import fr.opendamir.testing.PublishedBlocks;
import fr.opendamir.testing.ServedDatabase;
import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A service of the months whose figures are attacked; the newest release revises one of them. */
public class FigureMonths implements QuarkusTestResourceLifecycleManager {
  private final DisclosurePolicy policy;
  private final List<FullMonth> months;

  public FigureMonths() {
    this(PolicyReader.builtIn(), inOrder());
  }

  private FigureMonths(DisclosurePolicy policy, List<FullMonth> months) {
    this.policy = policy;
    this.months = months;
  }

  /** The same service without any of the rules on figures. */
  public static final class Weakened extends FigureMonths {
    public Weakened() {
      super(WeakenedPolicy.withoutAny(), inOrder());
    }
  }

  /** A service of months as blocks-11 published them, without rules that cannot be disabled. */
  public static final class PublishedBefore extends FigureMonths {
    public PublishedBefore() {
      super(UnprotectedPolicy.create(), publishedBefore());
    }

    @Override
    TestDatabase database() throws IOException {
      TestDatabase database = super.database();
      try (Connection connection = database.settings().connect();
          Statement statement = connection.createStatement()) {
        PublishedBlocks.change(
            database.settings(),
            change(LastMerge.PUBLISHED_BEFORE, LastMerge.month()),
            change(ChangeOfOneAtom.PUBLISHED_BEFORE, ChangeOfOneAtom.month(true)));
        // Answers are then summed from blocks.
        statement.execute("DELETE FROM control.import_rollup");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return database;
    }

    private static String change(String change, FullMonth month) {
      return "UPDATE block SET %s AND month = '%s'".formatted(change, month.name());
    }
  }

  /** The months that attack the rules that no policy can disable. */
  static List<FullMonth> publishedBefore() {
    return List.of(LastMerge.month(), ChangeOfOneAtom.month(false), ChangeOfOneAtom.month(true));
  }

  /** The months in the order in which they are imported. */
  static List<FullMonth> inOrder() {
    return Stream.concat(
            Stream.of(
                RatesMonth.create(),
                PersonsMonth.create(),
                RareAmount.month(),
                TariffMonth.create()),
            publishedBefore().stream())
        .toList();
  }

  @Override
  public Map<String, String> start() {
    try {
      return ServedDatabase.settings(database().settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestDatabase database() throws IOException {
    return imported(policy, months);
  }

  /** Months in one release, as far as none of them is another edition of one before it. */
  static TestDatabase imported(DisclosurePolicy policy, List<FullMonth> months) throws IOException {
    TestDatabase database = TestDatabase.create();
    Path folder = Files.createTempDirectory("attacked-figures");
    Map<String, Path> files = new LinkedHashMap<>();
    for (int i = 0; i < months.size(); i++) {
      String name = months.get(i).name();
      if (files.containsKey(name)) {
        importAll(database, policy, folder, files);
      }
      files.put(
          name, months.get(i).writeTo(folder, "A" + name.replace("-", "") + "-" + i + ".csv"));
    }
    importAll(database, policy, folder, files);
    return database;
  }

  private static void importAll(
      TestDatabase database, DisclosurePolicy policy, Path folder, Map<String, Path> files) {
    ServedDatabase.require(
        database.importFiles(policy, folder.resolve("tmp"), files.values().toArray(Path[]::new)));
    files.clear();
  }

  @Override
  public void stop() {
    // The server goes with the test process.
  }
}
