package fr.opendamir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogTest {
  private final Catalog catalog = Catalog.load();

  @Test
  void everyLevelAndMeasureIsDescribedInBothLanguages() {
    for (Level level : Level.values()) {
      LevelDescription description = catalog.describe(level);
      assertThat(description.label().fr()).as(level.id()).isNotBlank();
      assertThat(description.label().en()).as(level.id()).isNotBlank();
      assertThat(description.description().en()).as(level.id()).isNotBlank();
    }
    for (Measure measure : Measure.values()) {
      assertThat(catalog.describe(measure).unit()).as(measure.id()).isNotBlank();
      assertThat(catalog.describe(measure).description().fr()).as(measure.id()).isNotBlank();
    }
  }

  @Test
  void codeListsHaveTheSizesOfTheOfficialNomenclatures() {
    assertThat(catalog.codes(Level.REGION)).hasSize(14 + 10);
    assertThat(catalog.codes(Level.AGE_BAND)).hasSize(9);
    assertThat(catalog.codes(Level.SERVICE_CODE)).hasSize(1677);
    assertThat(catalog.codes(Level.PROVIDER_SPECIALTY)).hasSize(27);
    assertThat(catalog.codes(Level.EXEMPTION_REASON)).hasSize(24);
    assertThat(catalog.codes(Level.CARE_LAG))
        .extracting(CodeEntry::code)
        .containsExactly("0", "1", "2", "3", "4", "5", "6_11", "12_plus", "unknown");
  }

  @Test
  void zonesAreInUseUntil2014AndRegionsFrom2015On() {
    YearMonth last = YearMonth.of(2014, 12);
    YearMonth first = YearMonth.of(2015, 1);

    assertThat(catalog.codes(Level.REGION))
        .allSatisfy(
            entry -> {
              boolean isZone = entry.code().startsWith("Z");
              assertThat(entry.validity().includes(last)).isEqualTo(isZone);
              assertThat(entry.validity().includes(YearMonth.of(2009, 1))).isEqualTo(isZone);
              assertThat(entry.validity().includes(first)).isEqualTo(!isZone);
              assertThat(entry.validity().includes(YearMonth.of(2099, 1))).isEqualTo(!isZone);
            });
    assertThat(catalog.vintages(Level.REGION))
        .containsExactly(
            new Validity(Optional.empty(), Optional.of(last)),
            new Validity(Optional.of(first), Optional.empty()));
  }

  @Test
  void otherCodesAreAlwaysValid() {
    for (Level level : Level.values()) {
      if (level != Level.REGION) {
        assertThat(catalog.vintages(level)).as(level.id()).isEmpty();
      }
    }
    assertThat(catalog.validity(Level.REGION, "ND")).isEqualTo(Validity.ALWAYS);
    assertThat(catalog.validity(Level.SEX, "2")).isEqualTo(Validity.ALWAYS);
  }

  @Test
  void englishLabelsAreCompleteForEveryLevelButServices() {
    for (Level level : Level.values()) {
      if (level != Level.SERVICE_CODE) {
        assertThat(catalog.codes(level))
            .as(level.id())
            .allSatisfy(entry -> assertThat(entry.label().en()).isNotBlank());
      }
    }
    assertThat(catalog.label(Level.SEX, "2")).isEqualTo(new Label("Féminin", "Female"));
  }

  @Test
  void servicesHaveAnEnglishLabelOrSayThatTheirsIsFrench() {
    Label translated = catalog.label(Level.SERVICE_CODE, "1110");
    assertThat(translated.en()).isEqualTo("GP consultation");
    assertThat(translated.in(Language.EN)).isEqualTo("GP consultation");
    Label rare = catalog.label(Level.SERVICE_CODE, "1064");
    assertThat(rare.en()).isNull();
    assertThat(rare.in(Language.EN)).isEqualTo("CDE garantie revenu 1ère année [fr]");
    assertThat(rare.in(Language.FR)).isEqualTo("CDE garantie revenu 1ère année");
    assertThat(catalog.codes(Level.SERVICE_CODE))
        .allSatisfy(entry -> assertThat(entry.label().fr()).doesNotEndWith(Label.IN_FRENCH))
        .filteredOn(entry -> entry.label().en() != null)
        .hasSizeGreaterThan(900)
        .allSatisfy(entry -> assertThat(entry.label().en()).isNotBlank().doesNotContain("[fr]"));
  }

  /** A translation says no less than the French label: what differs there differs in English. */
  @Test
  void translationsAreAsDistinctAsTheFrenchLabels() {
    for (Level level : Level.values()) {
      Map<String, String> frenchOf = new HashMap<>();
      for (CodeEntry entry : catalog.codes(level)) {
        String french = entry.label().fr();
        String english = entry.label().in(Language.EN).toLowerCase(Locale.ROOT);
        assertThat(frenchOf.getOrDefault(english, french)).as(english).isEqualTo(french);
        frenchOf.put(english, french);
      }
    }
  }

  @Test
  void servicesFallIntoTheirGroupAndKind() {
    assertThat(catalog.coarser(Level.SERVICE_GROUP, "3313")).isEqualTo("pharmacy");
    assertThat(catalog.coarser(Level.SERVICE_KIND, "3313")).isEqualTo("care");
    assertThat(catalog.coarser(Level.SERVICE_GROUP, "1951")).isEqualTo("participations");
    assertThat(catalog.coarser(Level.SERVICE_GROUP, "1953")).isEqualTo("practitioner_flat_fees");
    assertThat(catalog.coarser(Level.SERVICE_KIND, "6111")).isEqualTo("cash_benefit");
  }

  @Test
  void servicesOutsideEveryRangeHaveAGroupOfTheirOwn() {
    assertThat(catalog.coarser(Level.SERVICE_GROUP, "4050")).isEqualTo("undocumented");
    assertThat(catalog.coarser(Level.SERVICE_GROUP, "ABC")).isEqualTo("undocumented");
    assertThat(catalog.coarser(Level.SERVICE_KIND, "4050")).isEqualTo("other");
    assertThat(catalog.label(Level.SERVICE_CODE, "4050").fr())
        .isEqualTo("Code non documenté (4050)");
  }

  @Test
  void generalisedCodesKeepTheirGroup() {
    assertThat(catalog.coarser(Level.SERVICE_GROUP, "G:nursing")).isEqualTo("nursing");
    assertThat(catalog.coarser(Level.SERVICE_KIND, "G:nursing")).isEqualTo("care");
    assertThat(catalog.coarser(Level.EXEMPTION_GROUP, "G:prevention")).isEqualTo("prevention");
    assertThat(catalog.coarser(Level.SERVICE_KIND, "ND")).isEqualTo("ND");
    assertThat(catalog.label(Level.SERVICE_CODE, "G:nursing").en())
        .isEqualTo("Nursing care (detail not disclosed)");
    assertThat(catalog.label(Level.REGION, "ND"))
        .isEqualTo(new Label("Non diffusé", "Not disclosed"));
  }

  @Test
  void exemptionsFallIntoTheGroupsOfTheVocabulary() {
    assertThat(List.of("0", "41", "46", "10", "20", "21", "30", "81", "92", "62", "99"))
        .extracting(code -> catalog.coarser(Level.EXEMPTION_GROUP, code))
        .containsExactly(
            "none",
            "long_term_illness",
            "long_term_illness",
            "insurance",
            "scheme",
            "scheme",
            "service",
            "prevention",
            "prevention",
            "other",
            "unknown");
  }

  @Test
  void monthsHaveQuartersYearsAndNames() {
    assertThat(catalog.coarser(Level.QUARTER, "2024-12")).isEqualTo("2024-Q4");
    assertThat(catalog.coarser(Level.QUARTER, "2024-01")).isEqualTo("2024-Q1");
    assertThat(catalog.coarser(Level.YEAR, "2024-12")).isEqualTo("2024");
    assertThat(catalog.label(Level.MONTH_OF_PROCESSING, "2024-02"))
        .isEqualTo(new Label("février 2024", "February 2024"));
    assertThat(catalog.label(Level.QUARTER, "2024-Q1")).isEqualTo(new Label("T1 2024", "Q1 2024"));
  }

  @Test
  void levelsAndMeasuresAreFoundByTheirDamirVariableInAnyCase() {
    assertThat(Level.find("BEN_RES_REG")).contains(Level.REGION);
    assertThat(Level.find("ben_res_reg")).contains(Level.REGION);
    assertThat(Level.find("Service_Group")).contains(Level.SERVICE_GROUP);
    assertThat(Level.find("SOI_ANN")).isEmpty();
    assertThat(Measure.find("FLT_PAI_MNT")).contains(Measure.CHARGED);
    assertThat(Measure.find("PRS_PAI_MNT")).isEmpty();
  }

  /** In answers that show labels alone, rows of two codes must not look alike. */
  @ParameterizedTest
  @EnumSource(Level.class)
  void labelsTellTheCodesOfALevelApart(Level level) {
    List<String> codes =
        new ArrayList<>(catalog.codes(level).stream().map(CodeEntry::code).toList());
    codes.addAll(List.of("ND", "NR", "_T"));
    if (level.dimension() != Dimension.MONTH) {
      codes.addAll(List.of("undocumented1", "undocumented2"));
    }
    if (level == Level.SERVICE_CODE) {
      catalog.codes(Level.SERVICE_GROUP).forEach(group -> codes.add("G:" + group.code()));
    }
    for (Language language : Language.values()) {
      assertThat(codes)
          .extracting(code -> catalog.label(level, code).in(language).toLowerCase(Locale.ROOT))
          .as(level + " in " + language)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aLabelThatSeveralCodesHaveCarriesItsCode() {
    List<CodeEntry> shared =
        catalog.codes(Level.SERVICE_CODE).stream()
            .filter(entry -> entry.label().fr().endsWith("(" + entry.code() + ")"))
            .toList();
    assertThat(shared)
        .extracting(entry -> entry.label().fr())
        .anyMatch(l -> l.startsWith("Prélèvement ("));
    assertThat(catalog.label(Level.SERVICE_CODE, "1110").fr()).doesNotContain("1110");
    assertThat(catalog.label(Level.REGION, "4242"))
        .isEqualTo(new Label("Code non documenté (4242)", "Undocumented code (4242)"));
  }
}
