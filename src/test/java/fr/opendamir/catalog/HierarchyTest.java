package fr.opendamir.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HierarchyTest {
  private static final List<Map<String, String>> ROWS = LabelFiles.read("hierarchy.csv");

  private final Hierarchy hierarchy = new Hierarchy(ROWS);

  @ParameterizedTest
  @CsvSource({
    "SERVICE_GROUP, 0, none",
    "SERVICE_GROUP, 1000, consultations",
    "SERVICE_GROUP, 1199, consultations",
    "SERVICE_GROUP, 1200, visits",
    "SERVICE_GROUP, 1951, participations",
    "SERVICE_GROUP, 2285, participations",
    "SERVICE_GROUP, 9999, social_action_and_special_schemes",
    "SERVICE_KIND, 3313, care",
    "SERVICE_KIND, 6111, cash_benefit",
    "SERVICE_KIND, 1600, provider_payment",
    "SERVICE_KIND, 4300, other",
    "EXEMPTION_GROUP, 40, other",
    "EXEMPTION_GROUP, 41, long_term_illness",
    "EXEMPTION_GROUP, 46, long_term_illness",
    "EXEMPTION_GROUP, 47, other",
    "EXEMPTION_GROUP, 83, other",
    "EXEMPTION_GROUP, 92, prevention"
  })
  void aCodeLiesInTheParentOfItsRange(Level level, String code, String parent) {
    assertThat(hierarchy.coarser(level, code)).isEqualTo(parent);
  }

  @ParameterizedTest
  @CsvSource({
    "SERVICE_GROUP, 4050, undocumented",
    "SERVICE_GROUP, 012, undocumented",
    "SERVICE_GROUP, ABC, undocumented",
    "SERVICE_GROUP, '', undocumented",
    "SERVICE_GROUP, 99999999999, undocumented",
    "SERVICE_KIND, 4050, other",
    "EXEMPTION_GROUP, 041, other"
  })
  void aCodeThatIsWrittenOtherwiseOrInNoRangeLiesInTheParentOfTheOthers(
      Level level, String code, String parent) {
    assertThat(hierarchy.coarser(level, code)).isEqualTo(parent);
  }

  @ParameterizedTest
  @CsvSource({
    "SERVICE_GROUP, ND, ND",
    "SERVICE_KIND, ND, ND",
    "EXEMPTION_GROUP, ND, ND",
    "EXEMPTION_GROUP, NR, NR",
    "SERVICE_GROUP, NR, undocumented",
    "SERVICE_KIND, NR, other",
    "SERVICE_GROUP, G:nursing, nursing",
    "SERVICE_KIND, G:nursing, care",
    "SERVICE_CODE, G:nursing, G:nursing",
    "EXEMPTION_GROUP, G:prevention, prevention",
    "REGION, 11, 11"
  })
  void reservedCodesStayOrLieWhereTheFileSays(Level level, String code, String parent) {
    assertThat(hierarchy.coarser(level, code)).isEqualTo(parent);
  }

  @ParameterizedTest
  @CsvSource({"QUARTER, 2024-03, 2024-Q1", "QUARTER, 2024-10, 2024-Q4", "YEAR, 2024-10, 2024"})
  void periodsFollowTheCalendar(Level level, String month, String period) {
    assertThat(hierarchy.coarser(level, month)).isEqualTo(period);
  }

  @Test
  void everyParentIsUsedByAListedCodeOrByOthers() {
    Catalog catalog = Catalog.load();
    for (Level level : Grouping.possibleLevels().stream().filter(l -> !l.isFinest()).toList()) {
      Level finest = Level.of(level.dimension()).get(0);
      Set<String> used =
          catalog.codes(finest).stream()
              .map(entry -> hierarchy.coarser(level, entry.code()))
              .collect(Collectors.toSet());
      used.add(hierarchy.coarser(level, "no code"));
      assertThat(catalog.codes(level)).extracting(CodeEntry::code).hasSameElementsAs(used);
    }
  }

  @Test
  void rangesDoNotOverlap() {
    for (Level level : List.of(Level.SERVICE_GROUP, Level.EXEMPTION_GROUP)) {
      int end = -1;
      for (Map<String, String> row : ROWS) {
        if (row.get("level").equals(level.id()) && row.get("first").matches("\\d+")) {
          int first = Integer.parseInt(row.get("first"));
          assertThat(first).as("%s", row).isGreaterThan(end);
          end = row.get("last").isEmpty() ? first : Integer.parseInt(row.get("last"));
          assertThat(end).as("%s", row).isGreaterThanOrEqualTo(first);
        }
      }
    }
  }

  @Test
  void aLevelWithoutRowsOrWithoutAParentOfOtherCodesIsRefused() {
    List<Map<String, String>> withoutKinds = new ArrayList<>(ROWS);
    withoutKinds.removeIf(row -> row.get("level").equals("service_kind"));
    assertThatThrownBy(() -> new Hierarchy(withoutKinds)).hasMessageContaining("SERVICE_KIND");

    List<Map<String, String>> withoutOthers = new ArrayList<>(ROWS);
    withoutOthers.removeIf(row -> row.get("first").isEmpty());
    assertThatThrownBy(() -> new Hierarchy(withoutOthers)).hasMessageContaining("incomplete rows");
  }

  @Test
  void rowsOfALevelThatHasNoFinerOneAreRefused() {
    List<Map<String, String>> rows = new ArrayList<>(ROWS);
    rows.add(Map.of("level", "region", "first", "11", "last", "", "parent", "1"));
    assertThatThrownBy(() -> new Hierarchy(rows)).hasMessageContaining("REGION");
  }

  @Test
  void onlyServicesAndExemptionsHaveGroups() {
    assertThat(Level.groupsOf(Dimension.SERVICE)).contains(Level.SERVICE_GROUP);
    assertThat(Level.groupsOf(Dimension.EXEMPTION)).contains(Level.EXEMPTION_GROUP);
    assertThat(Level.values())
        .filteredOn(Level::isGroup)
        .containsExactly(Level.SERVICE_GROUP, Level.EXEMPTION_GROUP);
    assertThat(Level.coarserOf(Dimension.SERVICE))
        .containsExactly(Level.SERVICE_GROUP, Level.SERVICE_KIND);
  }
}
