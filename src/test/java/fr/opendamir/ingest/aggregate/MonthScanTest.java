package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.ingest.source.InvalidSourceFileException;
import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.SourceLayout;
import fr.opendamir.ingest.source.StrictReading;
import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The atoms of a scan are those that the analytical database reads from the same file. */
class MonthScanTest {
  private static final Path EXTRACT = Path.of("../shared/samples/A202501-extract.csv");
  private static final Catalog CATALOG = Catalog.load();
  private static final ContributorWeights WEIGHTS =
      new ContributorWeights(ProtectedMonth.POLICY, CATALOG);
  private static final List<String> CODES =
      List.of(
          "BEN_RES_REG",
          "AGE_BEN_SNDS",
          "BEN_SEX_COD",
          "PRS_NAT",
          "PSE_SPE_SNDS",
          "PSE_ACT_SNDS",
          "EXO_MTF",
          "ASU_NAT",
          "ETE_TYP_SNDS",
          "CPL_COD",
          "BEN_CMU_TOP");

  /** The table has room for one page of rows, whatever it is given. */
  private static final long LITTLE = 1;

  private static final long ENOUGH = 256L << 20;

  @TempDir Path folder;
  private DuckDbSession session;

  @BeforeEach
  void open() {
    session = new DuckDbSession(new AggregationSettings(folder.resolve("run"), ENOUGH, 2));
  }

  @AfterEach
  void close() {
    session.close();
  }

  @ParameterizedTest
  @EnumSource
  void generatedMonthsOfEachLayout(SourceLayout layout) throws IOException {
    YearMonth month =
        switch (layout) {
          case ZONES_55 -> YearMonth.of(2013, 6);
          case COLUMNS_55 -> YearMonth.of(2021, 6);
          case COLUMNS_54 -> YearMonth.of(2024, 2);
          case COLUMNS_56 -> YearMonth.of(2024, 12);
        };

    assertSameAtoms(generate(month, 30_000), ENOUGH);
  }

  @Test
  void theGenuineExtract() throws IOException {
    assumeTrue(Files.isRegularFile(EXTRACT), "the genuine extract is not distributed");

    assertSameAtoms(EXTRACT, ENOUGH);
  }

  @Test
  void atomsThatDoNotFitIntoMemory() throws IOException {
    assertSameAtoms(generate(YearMonth.of(2025, 1), 60_000), LITTLE);

    assertThat(count("SELECT count(*) AS n FROM line_sum")).isGreaterThan(20_000);
  }

  @Test
  void wordsAmongAtomsThatDoNotFitIntoMemory() throws IOException {
    RawText text = new RawText();
    for (int i = 0; i < 20_000; i++) {
      text.line("ETE_TYP_SNDS", "W" + i % 9_000, "CPL_COD", i % 7 == 0 ? "long_word_" + i % 5 : "");
    }

    StrictReading reading = assertSameAtoms(text.writeTo(folder), LITTLE);

    assertThat(reading.wordColumns()).hasSize(2);
  }

  /** Far more codes than the columns of genuine files have, in some of them. */
  @Test
  void columnsThatOutgrowTheirBits() throws IOException {
    RawText text = new RawText();
    for (int i = 0; i < 12_000; i++) {
      text.line("PRS_NAT", "" + i % 9_973, "BEN_RES_REG", "" + i % 700, "EXO_MTF", "x" + i % 300);
    }

    assertSameAtoms(text.writeTo(folder), ENOUGH);
  }

  @Test
  void moreCodesThanAnyMonthHasAreRefused() throws IOException {
    RawText text = new RawText();
    for (int i = 0; i < 3_000; i++) {
      String[] codes = new String[2 * CODES.size()];
      for (int c = 0; c < CODES.size(); c++) {
        codes[2 * c] = CODES.get(c);
        codes[2 * c + 1] = String.valueOf(i);
      }
      text.line(codes);
    }
    MonthlyFile file = MonthlyFile.inspect(text.writeTo(folder));

    assertThatThrownBy(() -> scan(file, ENOUGH).run())
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContainingAll("A202501.csv", "more different values");
  }

  /** The second reading would find it. */
  @Test
  void atomsThatDifferAreTold() throws IOException {
    MonthlyFile file = MonthlyFile.inspect(new RawText().lines(3).acts(5, "1110").writeTo(folder));
    StrictReading reading = scan(file, ENOUGH).run();
    session.run("UPDATE line_sum SET charged = charged + 1 WHERE quantity = 5");

    assertThatThrownBy(() -> readAgain(file, reading))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("two readings", "differ", "nothing was published");
  }

  private StrictReading assertSameAtoms(Path path, long memory) throws IOException {
    MonthlyFile file = MonthlyFile.inspect(path);
    StrictReading reading = scan(file, memory).run();
    readAgain(file, reading);
    return reading;
  }

  private void readAgain(MonthlyFile file, StrictReading reading) {
    new SecondReading(
            file,
            session,
            CodeColumns.of(CATALOG, reading.wordColumns()),
            ProtectedMonth.POLICY,
            WEIGHTS)
        .run(reading);
  }

  private MonthScan scan(MonthlyFile file, long memory) {
    return new MonthScan(
        file, session, CATALOG, ProtectedMonth.POLICY, WEIGHTS, memory, (lines, share) -> {});
  }

  private long count(String sql) {
    long[] found = new long[1];
    session.forEach(sql, row -> found[0] = row.getLong("n"));
    return found[0];
  }

  private Path generate(YearMonth month, int lines) throws IOException {
    Path file = folder.resolve("generated.csv.gz");
    var unused = new SyntheticFileWriter(2).write(SyntheticMonth.of(month, lines, 49), file);
    return file;
  }
}
