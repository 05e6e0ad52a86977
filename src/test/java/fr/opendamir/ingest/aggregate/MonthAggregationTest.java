package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.source.SourceLayout;
import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MonthAggregationTest {
  private static final Path EXTRACT = Path.of("../shared/samples/A202501-extract.csv");

  @TempDir Path folder;

  @Test
  void genuineExtractIsProtectedAsSpecified() throws IOException {
    ProtectedMonth month = ProtectionCheck.protect(extract());

    assertThat(month.totals().month()).isEqualTo(YearMonth.of(2025, 1));
    assertThat(month.totals().lines()).isEqualTo(132);
  }

  /** The column sums that were published with the extract. */
  @Test
  void genuineExtractAddsUpToItsPublishedSums() throws IOException {
    Map<SourceMeasure, Long> totals = ProtectedMonth.scan(extract()).totals();

    assertThat(totals)
        .containsEntry(SourceMeasure.QUANTITY, 3_601L)
        .containsEntry(SourceMeasure.CHARGED, 210_593_46L)
        .containsEntry(SourceMeasure.REIMBURSED, 166_476_73L)
        .containsEntry(SourceMeasure.REIMBURSED_ALL, 167_482_92L);
  }

  @Test
  void generatedMonthIsProtectedAsSpecified() throws IOException {
    Path file = generate(YearMonth.of(2025, 1), 30_000, "A202501.csv.gz");

    ProtectedMonth month = ProtectionCheck.protect(file);

    // Were nothing given up, or everything, the comparison would say little.
    assertThat(month.blocks()).hasSizeGreaterThan(500);
    assertThat(month.keys()).anyMatch(codes -> !codes.contains("ND"));
    assertThat(month.keys()).anyMatch(codes -> codes.contains("ND"));
  }

  @ParameterizedTest
  @EnumSource
  void generatedMonthOfEachLayoutIsProtectedAsSpecified(SourceLayout layout) throws IOException {
    YearMonth month =
        switch (layout) {
          case ZONES_55 -> YearMonth.of(2013, 6);
          case COLUMNS_55 -> YearMonth.of(2021, 6);
          case COLUMNS_54 -> YearMonth.of(2024, 2);
          case COLUMNS_56 -> YearMonth.of(2024, 12);
        };

    Path file = generate(month, 2_000, "A" + month.toString().replace("-", "") + ".csv");

    assertThat(ProtectionCheck.protect(file).totals().month()).isEqualTo(month);
  }

  private Path generate(YearMonth month, int lines, String name) throws IOException {
    Path file = folder.resolve(name);
    var unused =
        new SyntheticFileWriter(2).write(SyntheticMonth.of(month, lines, 20_250_926), file);
    return file;
  }

  /** A copy, because the work folder of a run is made beside the file. */
  private Path extract() throws IOException {
    assumeTrue(
        Files.isRegularFile(EXTRACT),
        "the genuine extract is not distributed with the sources: " + EXTRACT + " is absent");
    return Files.copy(EXTRACT, folder.resolve("A202501-extract.csv"));
  }
}
