package fr.opendamir.reference;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.StandardPopulation;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables that ship with the service, against published totals. */
class ReferenceTablesTest {
  /** Change the version of a table in tables.csv together with its digest. */
  private static final Map<String, String> DIGESTS =
      Map.of(
          "population@2025.1", "98dd3896947153e8",
          "physicians@2014.1", "de71d4171d876e7e",
          "regions@2025.1", "65f068d6a0a79ad5",
          "insured_population@2014.1", "186fd1ad6caf65cf",
          "gp_supply_2013@2013.1", "b6ce025137ab940d",
          "household_income_2011@2011.1", "363a4a91ffce8a85");

  private static final ReferenceTables TABLES = ReferenceTables.load();

  @Test
  void aChangedTableHasANewVersion() throws IOException, GeneralSecurityException {
    Map<String, String> found = new HashMap<>();
    for (ReferenceTable table : TABLES.all()) {
      try (InputStream in = getClass().getResourceAsStream(table.id() + ".csv")) {
        found.put(
            table.versionedId(),
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()))
                .substring(0, 16));
      }
    }
    assertThat(found).isEqualTo(DIGESTS);
  }

  @Test
  void keysAreUnique() {
    for (ReferenceTable table : TABLES.all()) {
      List<Integer> keys =
          table.texts().stream()
              .filter(column -> column.type() == ReferenceColumn.Type.KEY)
              .map(column -> table.position(column.name()))
              .toList();
      assertThat(table.rows())
          .as(table.id())
          .extracting(row -> keys.stream().map(row::get).toList())
          .doesNotHaveDuplicates();
    }
  }

  /** INSEE published 67,257,982 inhabitants on 1 January 2019, and 68,605,616 on 1 January 2025. */
  @Test
  void regionsAddUpToFrance() {
    ReferenceTable population = TABLES.get(ReferenceTables.POPULATION);
    Map<String, Long> byYear =
        population.rows().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get(0), Collectors.summingLong(row -> Long.parseLong(row.get(4)))));
    assertThat(byYear).hasSize(7).containsEntry("2019", 67_257_982L);
    assertThat(byYear).containsEntry("2025", 68_605_616L);
    assertThat(population.rows()).hasSize(7 * 13 * 2 * 4);
  }

  /** The sums of weights are 0.9999, because each is rounded, and 1. */
  @Test
  void weightsAreTheMeanPopulationOf2023() {
    Population population = Population.of(TABLES);
    Map<String, Long> people = new HashMap<>();
    long all = 0;
    for (Population.Cell cell : population.cells()) {
      long twice = population.twiceTheMean(2023, cell);
      people.merge(cell.sex() + cell.ageGroup(), twice, Long::sum);
      all += twice;
    }
    for (StandardWeights.Stratum stratum : StandardWeights.of(StandardPopulation.FR2023)) {
      BigDecimal share =
          BigDecimal.valueOf(people.get(stratum.sex() + stratum.ageGroup()))
              .divide(BigDecimal.valueOf(all), 4, RoundingMode.HALF_UP);
      assertThat(share).isEqualTo(BigDecimal.valueOf(stratum.weight(), 4));
    }
    assertThat(StandardWeights.sum(StandardPopulation.FR2023)).isEqualTo(9_999);
    assertThat(StandardWeights.sum(StandardPopulation.ESP2013)).isEqualTo(10_000);
  }

  @Test
  void aProvisionalYearHasItsFirstOfJanuaryAlone() {
    Population population = Population.of(TABLES);
    Population.Cell cell = new Population.Cell("11", "1", "0_19");
    assertThat(population.twiceTheMean(2024, cell)).isEqualTo(1_560_702 + 1_548_027);
    assertThat(population.twiceTheMean(2025, cell)).isEqualTo(2 * 1_548_027);
    assertThat(population.isProvisional(2025)).isTrue();
    assertThat(population.isProvisional(2024)).isFalse();
    assertThat(population.has(2018)).isFalse();
    assertThat(population.has(2026)).isFalse();
  }

  /** 57 to 58 million in the general scheme and local mutual sections. */
  @Test
  void insuredPersonsAreThoseOfTheGeneralScheme() {
    Map<String, Long> byDepartment =
        TABLES.get("insured_population").rows().stream()
            .filter(row -> row.get(0).equals("2013"))
            .collect(
                Collectors.groupingBy(
                    row -> row.get(1), Collectors.summingLong(row -> Long.parseLong(row.get(5)))));
    for (List<String> row : TABLES.get("gp_supply_2013").rows()) {
      assertThat(byDepartment).containsEntry(row.get(0), Long.parseLong(row.get(5)));
    }
  }
}
