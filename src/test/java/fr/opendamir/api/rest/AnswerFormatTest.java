package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which format a request gets. */
class AnswerFormatTest {
  private static final Optional<String> NOT_NAMED = Optional.empty();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                                       | JSON",
        "*/*                                                    | JSON",
        "*                                                      | JSON",
        "application/*                                          | JSON",
        "application/json                                       | JSON",
        "Application/JSON;charset=utf-8                         | JSON",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8 | JSON",
        "text/html                                              | JSON",
        "text/csv                                               | CSV",
        "text/csv;charset=utf-8;header=present                  | CSV",
        "text/*                                                 | CSV",
        "application/x-ndjson                                   | NDJSON",
        "application/vnd.json-stat+json                         | JSON_STAT",
        "application/json;q=0.5, text/csv                       | CSV",
        "text/csv;q=0.5, application/json;q=0.9                 | JSON",
        "*/*, text/csv                                          | CSV",
        "*/*;q=1, text/csv;q=0.9                                | JSON",
        "application/*, application/x-ndjson                    | NDJSON",
        "text/csv, application/json                             | CSV",
        "text/csv;q=1, application/json                         | CSV",
        "application/json, text/csv;q=1                         | JSON",
        "application/json;q=0, */*                              | CSV",
        "text/csv;q=0, text/*                                   | NONE",
        "text/csv;q=0, */*;q=0.1                                | JSON",
        "application/pdf, application/x-ndjson;q=0.1            | NDJSON",
        "application/pdf                                        | NONE",
        "application/json;q=0                                   | NONE",
        "*/*;q=0                                                | NONE",
        "text/csv;q=NaN                                         | NONE",
      })
  void theHeaderChoosesByQualityThenByHowPreciselyItNamesThenByItsOrder(
      String accept, String expected) {
    Optional<AnswerFormat> wanted =
        expected.equals("NONE") ? Optional.empty() : Optional.of(AnswerFormat.valueOf(expected));

    assertThat(AnswerFormat.negotiate(NOT_NAMED, accept)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "text/csv;q=much", "text/csv;q=2", "a/b/c", ";q=1", ","})
  void aHeaderThatIsNotWellFormedAcceptsNothing(String accept) {
    assertThat(AnswerFormat.negotiate(NOT_NAMED, accept)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "json, JSON, application/json",
    "csv, CSV, text/csv;charset=UTF-8",
    "ndjson, NDJSON, application/x-ndjson",
    "json-stat, JSON_STAT, application/vnd.json-stat+json",
    "' JSON-Stat ', JSON_STAT, application/vnd.json-stat+json"
  })
  void theParameterWinsOverTheHeader(String id, AnswerFormat expected, String mediaType) {
    assertThat(AnswerFormat.negotiate(Optional.of(id), "application/pdf")).contains(expected);
    assertThat(expected.id()).isEqualToIgnoringCase(id.strip());
    assertThat(expected.mediaType()).isEqualTo(mediaType);
  }

  @Test
  void aBlankParameterIsAsGoodAsNone() {
    assertThat(AnswerFormat.negotiate(Optional.of(" "), "text/csv")).contains(AnswerFormat.CSV);
  }

  @Test
  void anUnknownFormatIsAnErrorThatNamesTheNearest() {
    QuestionException error =
        catchThrowableOfType(
            QuestionException.class,
            () -> AnswerFormat.negotiate(Optional.of("jsonstat"), "text/csv"));

    assertThat(error.reason()).isEqualTo(QuestionException.Reason.MALFORMED);
    assertThat(error.errors().get(0).parameter()).isEqualTo("format");
    assertThat(error.errors().get(0).code()).isEqualTo("unknown_value");
    assertThat(error.errors().get(0).didYouMean().get(0)).isEqualTo("json-stat");
    assertThat(error.errors().get(0).detail().fr())
        .isEqualTo("« jsonstat » n'existe pas ; valeurs acceptées : json, csv, ndjson, json-stat");
  }

  @Test
  void theParserKnowsTheFormatsByTheirNames() {
    assertThat(QuestionParser.FORMATS)
        .isEqualTo(Arrays.stream(AnswerFormat.values()).map(AnswerFormat::id).toList());
  }
}
