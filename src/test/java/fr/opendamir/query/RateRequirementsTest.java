package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.reference.Population;
import fr.opendamir.reference.ReferenceTables;
import fr.opendamir.testing.Draws;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Questions whose rates have no population, and what is suggested instead. */
class RateRequirementsTest {
  private static final Population POPULATION = Population.of(ReferenceTables.load());
  private static final String CRUDE = "measures=reimbursed_per_inhabitant";
  private static final String STANDARDISED = "measures=reimbursed_per_inhabitant_standardised";

  private static Release release(long undisclosed, String... references) {
    return new Release(
        "2026-01-01.1",
        Instant.EPOCH,
        Stream.of("2018-12", "2019-01", "2025-12", "2026-01")
            .map(month -> month(YearMonth.parse(month), undisclosed))
            .toList(),
        List.of(references));
  }

  /** A month of 1,000 of every measure. */
  private static ReleaseMonth month(YearMonth month, long undisclosed) {
    Map<SourceMeasure, Long> totals =
        Arrays.stream(SourceMeasure.values()).collect(Collectors.toMap(m -> m, m -> 1_000L));
    Map<SourceMeasure, Long> lost =
        Arrays.stream(SourceMeasure.values()).collect(Collectors.toMap(m -> m, m -> undisclosed));
    return new ReleaseMonth(
        List.of(new ReleaseImport(month.getYear(), month, 1, Map.of())),
        month,
        "A.csv",
        1,
        "00",
        "blocks-test",
        false,
        false,
        1,
        1,
        11,
        totals,
        Map.of(Level.SEX, lost, Level.AGE_BAND, lost));
  }

  private static void require(String parameters, Release release) {
    Question question = QuestionParser.parse(Draws.parameters(parameters), Language.EN);
    RateRequirements.require(
        question,
        release,
        question.months().select(release.monthList()),
        ComparedMonths.of(
            question, question.months().select(release.monthList()), release.monthList()),
        POPULATION);
  }

  private static QuestionError refusal(String parameters, Release release) {
    QuestionException refused =
        catchThrowableOfType(QuestionException.class, () -> require(parameters, release));
    assertThat(refused).as(parameters).isNotNull();
    assertThat(refused.reason()).isEqualTo(QuestionException.Reason.IMPOSSIBLE);
    return refused.errors().get(0);
  }

  @Test
  void yearsWithoutPopulationAreNamedWithTheMonthsThatWork() {
    QuestionError error = refusal(CRUDE, release(0, POPULATION.version()));

    assertThat(error.detail().en())
        .isEqualTo(
            "there is no population for 2018, 2026: measures per inhabitant exist from 2019 to"
                + " 2025; choose these years, or ask for amounts");
    assertThat(error.didYouMean()).containsExactly("2019-01..2025-12");
    assertThatCode(
            () -> require(CRUDE + "&month=2019-01..2025-12", release(0, POPULATION.version())))
        .doesNotThrowAnyException();
    assertThat(refusal(CRUDE + "&year=2018", release(0, POPULATION.version())).didYouMean())
        .isEmpty();
  }

  @Test
  void aReleaseThatPinsAnotherPopulationHasNoRates() {
    assertThat(refusal(CRUDE + "&year=2019", release(0, "population@2024.1")).detail().en())
        .contains("does not pin the table population@2025.1", "references load");
    assertThatCode(() -> require("measures=reimbursed", release(0))).doesNotThrowAnyException();
  }

  /** Sex and age are counted together: 5 + 5 of 1,000 are 1 %, 6 + 6 are more. */
  @Test
  void moreThanOnePercentOfUndisclosedStrataIsRefusedForStandardisedMeasures() {
    String question = "&year=2019";
    assertThatCode(() -> require(STANDARDISED + question, release(5, POPULATION.version())))
        .doesNotThrowAnyException();
    QuestionError error = refusal(STANDARDISED + question, release(6, POPULATION.version()));
    assertThat(error.detail().en()).contains("1.2% of the amounts");
    assertThat(error.didYouMean()).containsExactly("reimbursed_per_inhabitant");
    assertThatCode(() -> require(CRUDE + question, release(6, POPULATION.version())))
        .doesNotThrowAnyException();
  }
}
