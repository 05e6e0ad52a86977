package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.question.QuestionException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressedQuestionTest {
  @Test
  void onlyAmpersandsSeparate() {
    assertThat(AddressedQuestion.parameters("a=1;b=2&c=%3B&&a=3+%2B&d&e=&=f"))
        .isEqualTo(
            Map.of(
                "a", List.of("1;b=2", "3 +"),
                "c", List.of(";"),
                "d", List.of(""),
                "e", List.of(""),
                "", List.of("f")));
    assertThat(AddressedQuestion.parameters((String) null)).isEmpty();
    assertThat(AddressedQuestion.parameters("")).isEmpty();
  }

  @Test
  void namesAndValuesMayBeEscaped() {
    assertThat(AddressedQuestion.parameters("region%5B%5D=%C3%8Ele&x=é=1"))
        .isEqualTo(Map.of("region[]", List.of("Île"), "x", List.of("é=1")));
  }

  @Test
  void nothingIsLeftOutAfterTheFirstThousand() {
    assertThat(AddressedQuestion.parameters("region=11&".repeat(5_000)).get("region"))
        .hasSize(5_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%1", "a=%zz", "%=1", "a=100%25%"})
  void aPercentSignOfItsOwnIsToldSo(String query) {
    assertThatThrownBy(() -> AddressedQuestion.parameters(query))
        .isInstanceOf(QuestionException.class);
  }
}
