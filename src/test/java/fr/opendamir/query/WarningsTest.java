package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.http.AddressTerms;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.question.Comparison;
import fr.opendamir.question.Fill;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Presentation;
import fr.opendamir.question.Question;
import fr.opendamir.question.Totals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarningsTest {
  private static final Catalog CATALOG = Catalog.load();
  private static final Release RELEASE = new Release("2024-02-01.1", Instant.EPOCH, List.of());

  private final Map<Level, Map<SourceMeasure, BigDecimal>> shares = new LinkedHashMap<>();

  @Test
  void measuresThatCompareSumsOfUnequalSharesSaySoOnce() {
    share(Level.REGION, SourceMeasure.CHARGED, "0.000312");
    share(Level.REGION, SourceMeasure.REIMBURSED, "0.000301");
    share(Level.REGION, SourceMeasure.EXCESS_FEES, "0.0121");
    share(Level.SERVICE_CODE, SourceMeasure.CHARGED, "0.031");
    share(Level.SERVICE_CODE, SourceMeasure.REIMBURSED, "0.0249");
    share(Level.SERVICE_CODE, SourceMeasure.EXCESS_FEES, "0.0625");

    assertThat(
            unequal(
                Language.EN,
                Measure.EXCESS_RATE,
                Measure.REIMBURSEMENT_RATE,
                Measure.OUT_OF_POCKET))
        .containsExactly(
            "excess_rate: the sums compared are not disclosed to the same extent (share not"
                + " disclosed by region: charged 0.03%, excess_fees 1.21%; service: charged 3.10%,"
                + " excess_fees 6.25%), so that under a disclosed code more of one than of the"
                + " other can be missing.",
            "reimbursement_rate, out_of_pocket: the sums compared are not disclosed to the same"
                + " extent (share not disclosed by service: charged 3.10%, reimbursed 2.49%), so"
                + " that under a disclosed code more of one than of the other can be missing.");
    assertThat(unequal(Language.FR, Measure.EXCESS_RATE))
        .containsExactly(
            "excess_rate : les sommes comparées ne sont pas diffusées dans les mêmes proportions"
                + " (part non diffusée par region : charged 0,03 %, excess_fees 1,21 % ; service :"
                + " charged 3,10 %, excess_fees 6,25 %) ; sous un code diffusé, il peut manquer"
                + " plus de l'une que de l'autre.");
  }

  @Test
  void sumsAndMeasuresOfNearlyEqualSharesSayNothing() {
    share(Level.REGION, SourceMeasure.CHARGED, "0.000312");
    share(Level.REGION, SourceMeasure.REIMBURSED, "0.005312");
    share(Level.REGION, SourceMeasure.EXCESS_FEES, "0.0121");

    assertThat(
            unequal(
                Language.EN,
                Measure.CHARGED,
                Measure.EXCESS_FEES,
                Measure.REIMBURSEMENT_RATE,
                Measure.OUT_OF_POCKET))
        .isEmpty();
  }

  @Test
  void unknownSharesSayNothing() {
    share(Level.REGION, SourceMeasure.CHARGED, "0.5");
    share(Level.REGION, SourceMeasure.EXCESS_FEES, null);

    assertThat(unequal(Language.EN, Measure.EXCESS_RATE)).isEmpty();
  }

  private void share(Level level, SourceMeasure measure, String share) {
    shares
        .computeIfAbsent(level, any -> new EnumMap<>(SourceMeasure.class))
        .put(measure, share == null ? null : new BigDecimal(share));
  }

  private List<String> unequal(Language language, Measure... measures) {
    Question question =
        new Question(
            List.copyOf(shares.keySet()),
            List.of(measures),
            List.of(),
            MonthFilter.ALL,
            List.of(),
            List.of(),
            Totals.NONE,
            Comparison.NONE,
            Fill.NONE,
            StandardPopulation.FR2023,
            Optional.empty(),
            new Presentation(LabelStyle.ID, language, 100, 0));
    return Warnings.of(question, RELEASE, List.of(), shares, CATALOG).stream()
        .map(warning -> warning.in(AddressTerms.INSTANCE).in(language))
        .filter(text -> text.contains("%"))
        .toList();
  }
}
