package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.ingest.source.SourceColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of the demonstration set sees first must not be absurd. */
class PlausibleMonthsTest {
  private static final long LINES = 200_000;
  private static final String CARE = "kind care";

  @TempDir static Path directory;

  /** Cents charged and reimbursed of one month, by what they are of. */
  private record Sums(Map<String, Long> charged, Map<String, Long> reimbursed) {
    double rate(String of) {
      return (double) reimbursed.get(of) / charged.get(of);
    }
  }

  private static final List<Sums> MONTHS = new ArrayList<>();

  @BeforeAll
  static void addUpTheMonthsOfTheDemonstration() throws IOException {
    Catalog catalog = Catalog.load();
    for (int i = 0; i < 3; i++) {
      SyntheticMonth month = SyntheticMonth.of(YearMonth.of(2024, 10 + i), LINES, i + 1L);
      Path file = directory.resolve(month.month() + ".csv");
      var unused = new SyntheticFileWriter().write(month, file);
      Sums sums = new Sums(new HashMap<>(), new HashMap<>());
      new GeneratedFile(file, month.layout())
          .forEach(
              line -> {
                String service = line.text(SourceColumn.PRS_NAT);
                String kind = catalog.coarser(Level.SERVICE_KIND, service);
                List<String> keys = new ArrayList<>(List.of("all", "kind " + kind));
                if (kind.equals("care")) {
                  keys.add("group " + catalog.coarser(Level.SERVICE_GROUP, service));
                  keys.add("region " + line.text(SourceColumn.BEN_RES_REG));
                }
                long charged = line.hundredths(SourceColumn.FLT_PAI_MNT);
                long reimbursed = line.hundredths(SourceColumn.FLT_REM_MNT);
                for (String key : keys) {
                  sums.charged().merge(key, charged, Long::sum);
                  sums.reimbursed().merge(key, reimbursed, Long::sum);
                }
              });
      MONTHS.add(sums);
    }
  }

  /** In A202501 it is 95 % of everything, cash benefits without a charge included. */
  @Test
  void lessIsReimbursedThanCharged() {
    assertThat(MONTHS).allSatisfy(month -> assertThat(month.rate("all")).isBetween(0.75, 0.97));
    assertThat(MONTHS).allSatisfy(month -> assertThat(month.rate(CARE)).isBetween(0.70, 0.85));
  }

  /** In A202501 it is 383 euros a line. */
  @Test
  void aLineIsChargedWhatAGenuineOneIs() {
    assertThat(MONTHS)
        .allSatisfy(
            month ->
                assertThat(month.charged().get("all") / 100.0 / LINES).isBetween(300.0, 450.0));
  }

  @Test
  void noGroupOfCareAndNoRegionIsReimbursedMoreThanItCharges() {
    assertThat(MONTHS)
        .allSatisfy(
            month ->
                assertThat(month.charged().keySet())
                    .filteredOn(key -> key.startsWith("group ") || key.startsWith("region "))
                    .hasSizeGreaterThan(25)
                    .allSatisfy(
                        key ->
                            assertThat(month.reimbursed().get(key))
                                .as(key)
                                .isLessThanOrEqualTo(month.charged().get(key))));
  }

  @Test
  void monthsDifferByLessThanATenth() {
    double[] charged =
        MONTHS.stream().mapToDouble(month -> month.charged().get(CARE)).sorted().toArray();
    assertThat(charged[2] / charged[0]).isLessThan(1.1);
  }
}
