package fr.opendamir.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.question.Argument.Filter;
import fr.opendamir.question.Argument.Part;
import fr.opendamir.testing.Draws;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionBuilderTest {
  private final QuestionBuilder question = new QuestionBuilder();

  @Test
  void typedArgumentsMakeTheQuestionOfTheirText() {
    question
        .groupBy(List.of(Level.REGION, Level.SEX, Level.REGION))
        .measures(List.of(Measure.CHARGED, Measure.QUANTITY))
        .codes(Level.SEX, true, List.of(" 1 "))
        .codes(Level.REGION, false, List.of("84", "11", "84"))
        .months(
            months ->
                months
                    .periods(Level.QUARTER, false, List.of(Period.of("2024-Q1")))
                    .periods(
                        Level.MONTH_OF_PROCESSING, true, List.of(Period.between("2024-02", "")))
                    .last(OptionalLong.of(12)))
        .having(List.of(condition(Measure.CHARGED, "1.50"), condition(Measure.CHARGED, "1.5")))
        .sort(List.of(by(Measure.QUANTITY), by(Measure.QUANTITY)))
        .totals(Totals.ROLLUP)
        .labels(LabelStyle.ID)
        .language(Language.EN)
        .limit(OptionalLong.of(7))
        .release(" 2024-03-05.1 ");

    assertThat(question.build())
        .isEqualTo(
            parse(
                "group_by=region,sex&measures=charged,quantity&sex=!1&region=84,11&quarter=2024-Q1"
                    + "&month=!2024-02..&last=12&having=charged:ge:1.5&sort=-quantity"
                    + "&totals=rollup&labels=id&lang=en&limit=7&release=2024-03-05.1"));
  }

  @Test
  void nothingAskedIsTheDefaultQuestion() {
    assertThat(question.build()).isEqualTo(parse("limit="));
    assertThat(new QuestionBuilder().measures(List.of()).allRows().build())
        .isEqualTo(parse("limit=all"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"11,84", "!11", "1..5", "", " ", "a\u0000b"})
  void whatSeparatesOrCannotBeSeenIsPartOfNoCode(String code) {
    question.codes(Level.REGION, false, List.of("11", code));

    assertThat(errors())
        .extracting(QuestionError::argument, QuestionError::code)
        .containsExactly(tuple(new Filter(Level.REGION), "malformed_value"));
  }

  @Test
  void aMissingCodeIsAnError() {
    question.codes(Level.REGION, false, Arrays.asList("11", null));

    assertThat(errors())
        .extracting(QuestionError::message)
        .containsExactly(QuestionMessage.NOT_A_VALUE);
  }

  @Test
  void rangesAreReadAtTheirLevel() {
    question.months(
        months ->
            months
                .periods(Level.YEAR, false, List.of(Period.between("2024", "2023")))
                .periods(Level.QUARTER, false, List.of(Period.of("2024-01"))));

    assertThat(errors())
        .extracting(QuestionError::argument, QuestionError::message, QuestionError::didYouMean)
        .containsExactly(
            tuple(new Filter(Level.YEAR), QuestionMessage.REVERSED_PERIOD, List.of("2023..2024")),
            tuple(
                new Filter(Level.QUARTER),
                QuestionMessage.PERIOD_WRITTEN_OTHERWISE,
                List.of("2024-Q1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e15", "1e300", "1e1999999999", "1e-7", "1e-1999999999", "1.0000000"})
  void numbersThatTheTextFormCannotWriteAreRefused(String number) {
    question.having(List.of(condition(Measure.REIMBURSED, number)));

    assertThat(errors())
        .extracting(QuestionError::argument, QuestionError::message)
        .containsExactly(tuple(Part.HAVING, QuestionMessage.NO_NUMBER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e14", "-999999999999999.999999", "0", "0.000000", "1e0"})
  void orAreTaken(String number) {
    question.having(List.of(condition(Measure.REIMBURSED, number)));

    Question built = question.build().inFormat(false);
    assertThat(built.having()).hasSize(1);
    assertThat(QuestionParser.parse(QuestionText.parameters(built), Language.EN).having())
        .isEqualTo(built.having());
  }

  @Test
  void onlyWhatIsAskedForOrdersOrKeepsRows() {
    question
        .groupBy(List.of(Level.REGION))
        .having(List.of(condition(Measure.CHARGED, "1")))
        .sort(List.of(by(Measure.QUANTITY), by(Measure.REIMBURSED)));

    assertThat(errors())
        .extracting(QuestionError::argument, QuestionError::message)
        .containsExactly(
            tuple(Part.HAVING, QuestionMessage.NOT_ASKED_FOR),
            tuple(Part.SORT, QuestionMessage.NOT_ASKED_FOR));
  }

  @Test
  void anErrorIsWordedByTheDoor() {
    QuestionError error = QuestionError.noCode(Level.REGION, "a!", List.of());
    Terms door =
        new Terms() {
          @Override
          public String name(Argument argument) {
            return "x";
          }

          @Override
          public String address(See see) {
            return "page 7";
          }
        };

    assertThat(error.detail(door).fr()).isEqualTo("« a! » n'est pas un code ; voir page 7");
    assertThat(error.detail(door).en()).isEqualTo("\"a!\" is not a code; see page 7");
  }

  @Test
  void everyMessageHasAPlaceForEveryValueInBothLanguages() {
    for (QuestionMessage message : QuestionMessage.values()) {
      assertThat(places(message.pattern().fr()))
          .as(message.name())
          .isEqualTo(places(message.pattern().en()));
    }
  }

  private static List<String> places(String pattern) {
    return Pattern.compile("%(\\d\\$)?[sd]")
        .matcher(pattern)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void aQuestionHasACursorOfItsOwn() {
    String cursor = Cursor.after(question.build(), "2024-03-05.1", 100).encode();

    assertThat(new QuestionBuilder().cursor(cursor).build().cursor("2024-03-05.1"))
        .contains(cursor);
    question.groupBy(List.of(Level.SEX)).cursor(cursor);

    assertThat(errors())
        .extracting(QuestionError::message)
        .containsExactly(QuestionMessage.CURSOR_OF_ANOTHER);
  }

  private static QuestionBuilder.Condition condition(Measure measure, String number) {
    return new QuestionBuilder.Condition(
        MeasureValue.of(measure), Having.Operator.GE, new BigDecimal(number));
  }

  private static SortKey by(Measure measure) {
    return new SortKey(Optional.empty(), Optional.of(MeasureValue.of(measure)), true);
  }

  private static Question parse(String text) {
    Map<String, List<String>> parameters = Draws.parameters(text);
    return QuestionParser.parse(parameters, Language.FR);
  }

  private List<QuestionError> errors() {
    QuestionException refused =
        catchThrowableOfType(QuestionException.class, () -> question.build());
    assertThat(refused).isNotNull();
    return refused.errors();
  }
}
