package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.ingest.source.InvalidSourceFileException;
import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.ReferenceReader;
import fr.opendamir.ingest.source.StrictReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that were changed at random. The reader refuses what a slow and obvious reader refuses,
 * with the same message; of every other file the analytical database reads the same atoms.
 */
class MutatedFilesTest {
  private static final int FILES = 2_400;
  private static final Catalog CATALOG = Catalog.load();
  private static final ContributorWeights WEIGHTS =
      new ContributorWeights(ProtectedMonth.POLICY, CATALOG);

  @TempDir Path folder;

  @Test
  void areRefusedByAllReadersOrReadTheSame() throws IOException {
    Random random = new Random(20261129);
    FileMutations mutations = new FileMutations(random);
    int refused = 0;
    try (DuckDbSession session =
        new DuckDbSession(new AggregationSettings(folder.resolve("run"), 256L << 20, 1))) {
      for (int i = 0; i < FILES; i++) {
        Path file = Files.write(folder.resolve("A202501.csv"), mutations.next());
        refused += isRefused(session, file) ? 1 : 0;
      }
    }

    assertThat(refused).isBetween(FILES / 4, FILES - FILES / 5);
  }

  private static boolean isRefused(DuckDbSession session, Path file) throws IOException {
    try {
      MonthlyFile monthly = MonthlyFile.inspect(file);
      Optional<StrictReading> expected = compareMessages(session, monthly);
      expected.ifPresent(reading -> readTwice(session, monthly, reading));
      return expected.isEmpty();
    } catch (InvalidSourceFileException e) {
      return true; // by its header
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(e.getMessage() + " for\n" + text(file), e);
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = MonthlyFile.inspect(file).open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Returns what both readers read; empty if both refuse the file. */
  private static Optional<StrictReading> compareMessages(DuckDbSession session, MonthlyFile file) {
    session.run("DROP TABLE IF EXISTS line_sum");
    session.run("DROP TABLE IF EXISTS atom_part");
    Object expected = readingOrMessage(() -> new ReferenceReader(file).read());
    Object found =
        readingOrMessage(
            () ->
                new MonthScan(
                        file,
                        session,
                        CATALOG,
                        ProtectedMonth.POLICY,
                        WEIGHTS,
                        64L << 20,
                        (lines, share) -> {})
                    .run());
    if (found instanceof String message && message.contains("gzip stream")) {
      assertThat(expected).isInstanceOf(String.class); // lines before the damage may be told first
    } else {
      assertThat(found).isEqualTo(expected);
    }
    return found instanceof StrictReading reading ? Optional.of(reading) : Optional.empty();
  }

  private static Object readingOrMessage(Supplier<StrictReading> reader) {
    try {
      return reader.get();
    } catch (InvalidSourceFileException e) {
      return e.getMessage();
    }
  }

  private static void readTwice(DuckDbSession session, MonthlyFile file, StrictReading reading) {
    new SecondReading(
            file,
            session,
            CodeColumns.of(CATALOG, reading.wordColumns()),
            ProtectedMonth.POLICY,
            WEIGHTS)
        .run(reading);
  }
}
