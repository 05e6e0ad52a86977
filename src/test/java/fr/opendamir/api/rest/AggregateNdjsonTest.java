package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Measure;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.question.LabelStyle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateNdjsonTest {

  @Test
  void eachLineIsOneRowOfTheJsonAnswer() {
    AggregateResult answer = ExampleAnswers.twoByTwo(LabelStyle.BOTH);
    String json = new String(ExampleAnswers.bytes(answer, "json"), StandardCharsets.UTF_8);

    String text = ndjson(answer);

    assertThat(text).endsWith("}\n");
    assertThat(text.lines()).hasSize(3);
    assertThat(json)
        .startsWith("{\"data\":[" + String.join(",", text.lines().toList()) + "],\"page\"");
  }

  @Test
  void linesAreWhatIsExpected() {
    assertThat(ndjson(ExampleAnswers.twoByTwo(LabelStyle.ID)))
        .isEqualTo(
            """
            {"region":"11","month":"2024-01","charged":1234567.80,"quantity":42,"status":"ok"}
            {"region":"11","month":"2024-02","charged":null,"quantity":null,"status":"suppressed"}
            {"region":"84","month":"2024-02","charged":-0.05,"quantity":0,"status":"ok"}
            """);
  }

  @Test
  void withoutRowsThereIsNothing() {
    assertThat(
            ndjson(
                ExampleAnswers.answer(
                    ExampleAnswers.query(
                        List.of(), List.of(Measure.CHARGED), LabelStyle.BOTH, Language.FR))))
        .isEmpty();
  }

  private static String ndjson(AggregateResult answer) {
    return new String(ExampleAnswers.bytes(answer, "ndjson"), StandardCharsets.UTF_8);
  }
}
