package fr.opendamir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSearchTest {
  private static final Catalog CATALOG = Catalog.load();

  @ParameterizedTest
  @CsvSource({
    "REGION, Brittany, 53",
    "REGION, bretagne, 53",
    "REGION, Normandy, 28",
    "REGION, Corsica, 93",
    "REGION, CORSE, 93",
    "REGION, Paris, 11",
    "REGION, ile-de-france, 11",
    "REGION, La Réunion, 5",
    "REGION, Strasbourg, 44",
    "REGION, 'alpes, Auvergne', 84",
    "PROVIDER_SPECIALTY, GP, 1",
    "PROVIDER_SPECIALTY, G.P., 1",
    "PROVIDER_SPECIALTY, family doctors, 1",
    "PROVIDER_SPECIALTY, ophtalmologue, 15",
    "PROVIDER_SPECIALTY, ear nose and throat, 11",
    "PROVIDER_ACTIVITY, pharmacies, 50",
    "PROVIDER_ACTIVITY, nurses, 24",
    "PROVIDER_ACTIVITY, infirmière, 24",
    "PROVIDER_ACTIVITY, dentist, 19",
    "PROVIDER_ACTIVITY, physical therapist, 26",
    "PROVIDER_ACTIVITY, kiné, 26",
    "PROVIDER_ACTIVITY, speech therapy, 28",
    "PROVIDER_ACTIVITY, sage femme, 21",
    "PROVIDER_ACTIVITY, midwives, 21",
    "SERVICE_GROUP, physio, physiotherapy",
    "SERVICE_GROUP, GLASSES, medical_devices",
    "SERVICE_GROUP, pharmacist, pharmacist_services",
    "SERVICE_GROUP, sick-leave, sick_and_parental_leave",
    "SERVICE_GROUP, maternity, sick_and_parental_leave",
    "SERVICE_GROUP, ambulances, transport",
    "SERVICE_GROUP, hôpitaux, hospital_stays",
    "SERVICE_CODE, GP, 1110",
    "SERVICE_CODE, visit GP, 1210",
    "SERVICE_CODE, GP home visits, 1210",
    "SERVICE_CODE, pharmacy, 3313",
    "SERVICE_CODE, medicines, 3313",
    "SERVICE_CODE, nurse, 3111",
    "SERVICE_CODE, dentist, 1454",
    "SERVICE_CODE, physiotherapists, 3122",
    "SERVICE_CODE, therapy speech, 3132",
    "SERVICE_CODE, midwife, 1911",
    "SERVICE_CODE, x-ray, 1331",
    "SERVICE_CODE, X rays, 1331",
    "SERVICE_CODE, MRI, 2351",
    "SERVICE_CODE, sick leave, 6111",
    "SERVICE_CODE, arrêt de travail, 6111",
    "SERVICE_CODE, maternity leave, 6121",
    "SERVICE_CODE, hospital, 2111",
    "SERVICE_CODE, ambulance, 4212",
    "SERVICE_CODE, spectacles, 3506",
    "SERVICE_CODE, dialysis, 2132",
    "SERVICE_CODE, vaccines, 3331",
    "SERVICE_CODE, flu jab, 3331",
    "SERVICE_CODE, hearing aids, 3586",
    "SERVICE_CODE, blood test, 3211",
    "SERVICE_CODE, copayment, 1951",
    "SERVICE_CODE, DRG, 2111",
    "INSURANCE, work injury, 40",
    "INSURANCE, pregnancy, 30",
    "SEX, women, 2",
    "SEX, homme, 1"
  })
  void wordsOfBothLanguagesFindTheirCode(Level level, String words, String code) {
    assertThat(search(level, words))
        .as("%s of %s", words, level)
        .extracting(CodeEntry::code)
        .contains(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zzz", "GP zzz", "brittany normandy", "?=zzz"})
  void wordsThatStandNowhereFindNothing(String words) {
    assertThat(search(Level.REGION, words)).isEmpty();
  }

  @Test
  void aFewWordsFindFewCodes() {
    assertThat(search(Level.REGION, "Brittany")).hasSize(1);
    assertThat(search(Level.SEX, "woman")).hasSize(1);
    assertThat(search(Level.SERVICE_CODE, "GP").size()).isBetween(5, 60);
    assertThat(search(Level.SERVICE_CODE, " ")).hasSize(1677);
    assertThat(search(Level.SERVICE_CODE, null)).hasSize(1677);
  }

  @Test
  void codesAreFoundByThemselves() {
    assertThat(search(Level.SERVICE_CODE, "3313"))
        .extracting(CodeEntry::code)
        .containsExactly("3313");
  }

  /** A row of the table that finds nothing anywhere helps nobody. */
  @Test
  void everySynonymFindsACode() {
    assertThat(LabelFiles.read("search_synonyms.csv")).hasSizeGreaterThan(100);
    for (Map<String, String> row : LabelFiles.read("search_synonyms.csv")) {
      for (String words : row.get("words").split(";", -1)) {
        boolean isFound = Arrays.stream(Level.values()).anyMatch(l -> !search(l, words).isEmpty());
        boolean isReserved = row.get("finds").equals("non diffusé");
        assertThat(isFound || isReserved).as(words).isTrue();
      }
    }
  }

  @Test
  void whatIsTypedIsBounded() {
    String page = "GP nurse ".repeat(100_000);

    assertThat(search(Level.SERVICE_CODE, page)).isEmpty();
  }

  @Test
  void aSearchIsAFewWords() {
    assertThat(LabelSearch.refusal(null)).isEmpty();
    assertThat(LabelSearch.refusal("GP home visits")).isEmpty();
    assertThat(LabelSearch.refusal("nurse ".repeat(20))).isEmpty();
    assertThat(LabelSearch.refusal("nurse ".repeat(21))).isPresent();
    assertThat(LabelSearch.refusal("a".repeat(201))).isPresent();
  }

  /** What stands in a list can be pasted into a search. */
  @Test
  void everyLabelFindsItsCode() {
    for (Level level : Level.values()) {
      for (CodeEntry entry : CATALOG.codes(level)) {
        assertThat(LabelSearch.refusal(entry.label().fr())).as(entry.label().fr()).isEmpty();
        assertThat(new LabelSearch(entry.label().fr()).matches(entry))
            .as(entry.label().fr())
            .isTrue();
      }
    }
  }

  private static List<CodeEntry> search(Level level, String words) {
    LabelSearch search = new LabelSearch(words);
    return CATALOG.codes(level).stream().filter(search::matches).toList();
  }
}
