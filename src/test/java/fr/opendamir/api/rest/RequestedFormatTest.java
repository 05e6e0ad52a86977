package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.catalog.Language;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.format.Negotiation;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import jakarta.ws.rs.NotAcceptableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which format a request gets. */
class RequestedFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                                       | json",
        "*/*                                                    | json",
        "*                                                      | json",
        "application/*                                          | json",
        "application/json                                       | json",
        "Application/JSON;charset=utf-8                         | json",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8 | json",
        "text/html                                              | json",
        "text/csv                                               | csv",
        "text/csv;charset=utf-8;header=present                  | csv",
        "text/*                                                 | csv",
        "application/x-ndjson                                   | ndjson",
        "application/vnd.json-stat+json                         | json-stat",
        "application/json;q=0.5, text/csv                       | csv",
        "text/csv;q=0.5, application/json;q=0.9                 | json",
        "*/*, text/csv                                          | csv",
        "*/*;q=1, text/csv;q=0.9                                | json",
        "application/*, application/x-ndjson                    | ndjson",
        "text/csv, application/json                             | csv",
        "text/csv;q=1, application/json                         | csv",
        "application/json, text/csv;q=1                         | json",
        "application/json;q=0, */*                              | csv",
        "text/csv;q=0, text/*                                   | none",
        "text/csv;q=0, */*;q=0.1                                | json",
        "application/pdf, application/x-ndjson;q=0.1            | ndjson",
        "application/pdf                                        | none",
        "application/json;q=0                                   | none",
        "*/*;q=0                                                | none",
        "text/csv;q=NaN                                         | none",
      })
  void theHeaderChoosesByQualityThenByHowPreciselyItNamesThenByItsOrder(
      String accept, String expected) {
    Optional<String> wanted = Optional.of(expected).filter(id -> !id.equals("none"));

    assertThat(accepted(accept)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "text/csv;q=much", "text/csv;q=2", "a/b/c", ";q=1", ","})
  void aHeaderThatIsNotWellFormedAcceptsNothing(String accept) {
    assertThat(accepted(accept)).isEmpty();
    assertThatThrownBy(() -> RequestedFormat.of(Map.of(), accept))
        .isInstanceOf(NotAcceptableException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "json, application/json",
    "csv, text/csv;charset=UTF-8",
    "ndjson, application/x-ndjson",
    "json-stat, application/vnd.json-stat+json",
    "' JSON-Stat ', application/vnd.json-stat+json"
  })
  void theParameterWinsOverTheHeader(String id, String mediaType) {
    AnswerFormat found = named(id, "application/pdf");

    assertThat(found.id()).isEqualToIgnoringCase(id.strip());
    assertThat(found.mediaType()).isEqualTo(mediaType);
  }

  @Test
  void aBlankParameterIsAsGoodAsNone() {
    assertThat(named(" ", "text/csv")).isSameAs(Formats.CSV);
  }

  @Test
  void anUnknownFormatIsAnErrorThatNamesTheNearest() {
    QuestionException error =
        catchThrowableOfType(QuestionException.class, () -> named("jsonstat", "text/csv"));

    assertThat(error.reason()).isEqualTo(QuestionException.Reason.MALFORMED);
    assertThat(error.errors().get(0).parameter()).isEqualTo("format");
    assertThat(error.errors().get(0).code()).isEqualTo("unknown_value");
    assertThat(error.errors().get(0).didYouMean().get(0)).isEqualTo("json-stat");
    assertThat(error.errors().get(0).detail().fr())
        .isEqualTo(
            "« jsonstat » n'existe pas ; valeurs acceptées : " + String.join(", ", Formats.ids()));
  }

  /** The parser says so too, beside everything else that is wrong; the door gives it the names. */
  @Test
  void theParserSaysTheSameOfAFormatThatDoesNotExist() {
    QuestionException error =
        catchThrowableOfType(
            QuestionException.class,
            () ->
                QuestionParser.parse(
                    Map.of("format", List.of("jsonstat"), "limit", List.of("0")),
                    Language.FR,
                    Formats.ids()));

    assertThat(error.errors()).hasSize(2);
    assertThat(error.errors().get(1))
        .isEqualTo(QuestionError.unknownValue("format", "jsonstat", Formats.ids()));
  }

  @ParameterizedTest
  @CsvSource({
    "jsonstat, json-stat",
    "json-stat2, json-stat",
    "jsonl, ndjson",
    "excel, xlsx",
    "xls, xlsx",
    "Excel, xlsx",
    "tsv, csv",
    "geojson, json",
    "csv-excel, csv",
  })
  void namesOfOtherServicesLeadToAFormat(String typed, String meant) {
    QuestionException error =
        catchThrowableOfType(QuestionException.class, () -> named(typed, null));

    assertThat(error.errors().get(0).didYouMean().get(0)).isEqualTo(meant);
  }

  @Test
  void aDialectIsOfCsvAndSelectsItAlone() {
    AnswerFormat excel = Formats.DIALECTS.get("excel-fr");

    assertThat(RequestedFormat.of(Map.of("dialect", List.of("Excel-FR")), "application/json"))
        .isSameAs(excel);
    assertThat(
            RequestedFormat.of(
                Map.of("dialect", List.of("excel-fr"), "format", List.of("csv")), null))
        .isSameAs(excel);
    assertThat(excel.selector()).isEqualTo("csv&dialect=excel-fr");
    assertThatThrownBy(
            () ->
                RequestedFormat.of(
                    Map.of("dialect", List.of("excel-fr"), "format", List.of("ndjson")), null))
        .isInstanceOf(QuestionException.class)
        .satisfies(
            e ->
                assertThat(((QuestionException) e).errors().get(0).detail().en())
                    .isEqualTo("is for format=csv only, not ndjson"));
    QuestionException unknown =
        catchThrowableOfType(
            QuestionException.class,
            () -> RequestedFormat.of(Map.of("dialect", List.of("excel")), null));
    assertThat(unknown.errors().get(0).didYouMean()).containsExactly("excel-fr");
  }

  private static AnswerFormat named(String format, String accept) {
    return RequestedFormat.of(Map.of("format", List.of(format)), accept);
  }

  private static Optional<String> accepted(String header) {
    return Negotiation.best(header, Formats.ALL).map(AnswerFormat::id);
  }
}
