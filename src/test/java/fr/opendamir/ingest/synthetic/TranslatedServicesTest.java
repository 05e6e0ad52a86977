package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.ingest.source.SourceColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** English labels exist for the services that make up nearly all of a month. */
class TranslatedServicesTest {
  private static final Catalog CATALOG = Catalog.load();

  @TempDir static Path directory;

  @ParameterizedTest
  @CsvSource({"2024-12, FLT_PAI_MNT", "2024-12, FLT_REM_MNT", "2015-06, FLT_REM_MNT"})
  void makeUp98PercentOfSpending(YearMonth month, SourceColumn amount) throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    GeneratedFile.of(directory, month, 100_000)
        .forEach(
            fields ->
                sums.merge(
                    fields.text(SourceColumn.PRS_NAT), fields.hundredths(amount), Long::sum));

    long all = sums.values().stream().mapToLong(Math::abs).sum();
    long translated =
        sums.entrySet().stream()
            .filter(sum -> CATALOG.label(Level.SERVICE_CODE, sum.getKey()).en() != null)
            .mapToLong(sum -> Math.abs(sum.getValue()))
            .sum();
    assertThat(all).isPositive();
    assertThat((double) translated / all).isBetween(0.98, 1.0);
  }
}
