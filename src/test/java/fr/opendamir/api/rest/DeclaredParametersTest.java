package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.question.QuestionError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredParametersTest {
  private static final Set<String> DECLARED = new TreeSet<>(Set.of("search", "format", "lang"));

  private static List<QuestionError> errors(String name, String... values) {
    return DeclaredParameters.errors(DECLARED, Map.of(name, List.of(values)));
  }

  @Test
  void whatIsMisspeltIsRefusedWithWhatIsMeant() {
    QuestionError error = errors("serach", "kine").get(0);
    assertThat(error.parameter()).isEqualTo("serach");
    assertThat(error.code()).isEqualTo("unknown_parameter");
    assertThat(error.didYouMean()).containsExactly("search");
    assertThat(error.detail().fr()).contains("format, lang, search");
    assertThat(errors("group_by", "region")).hasSize(1);
    assertThat(errors("", "")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr", "en", "EN", " en ", "en-GB", "fr_FR", "", " "})
  void languagesAreKnown(String value) {
    assertThat(errors("lang", value)).isEmpty();
    assertThat(errors("LANG", value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xx", "english", "de", "-", "fr,en"})
  void otherLanguagesAreNot(String value) {
    assertThat(errors("lang", value).get(0).code()).isEqualTo("unknown_value");
  }

  @Test
  void oneValueOfEachAndTheSameOneTwiceIsOne() {
    assertThat(errors("search", "a", "b").get(0).code()).isEqualTo("too_many_values");
    assertThat(errors("search", "a", "a", "")).isEmpty();
    assertThat(errors("lang", "fr", "en").get(0).code()).isEqualTo("too_many_values");
  }
}
