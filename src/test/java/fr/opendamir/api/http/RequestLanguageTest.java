package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLanguageTest {
  @ParameterizedTest
  @CsvSource({
    "'', FR",
    "en, EN",
    "EN-gb, EN",
    "fr_FR, FR",
    "'de, en;q=0.8, fr;q=0.9', FR",
    "'de, en;q=0.8, fr;q=0.7', EN",
    "'en;q=0.5, fr;q=0.5', EN",
    "'fr;q=0, en;q=0.1', EN",
    "'en;q=0', FR",
    "'en ; q = 0.9 , fr;q=1.000', FR",
    "*, FR",
    "'de, *;q=0.5', FR",
    "'english, en;q=0.1', EN",
    "'en;q=2, fr;q=0.1', FR",
    "'en;q=x', FR",
    "',,;;q=,en', EN",
    "'en;level=1', FR",
  })
  void theFirstOfThoseWithTheHighestWeightIsTaken(String header, Language language) {
    assertThat(RequestLanguage.ofHeader(header)).isEqualTo(language);
  }

  @Test
  void withoutTheHeaderItIsFrench() {
    assertThat(RequestLanguage.ofHeader(null)).isEqualTo(Language.FR);
  }

  /** Reading one of 15,000 characters took 30 ms of the event loop. */
  @Test
  void whatIsLongerThanItsBoundIsNotRead() {
    String longest = "en" + ",a".repeat((HeaderRules.LONGEST - 2) / 2);
    assertThat(longest).hasSize(HeaderRules.LONGEST);
    assertThat(RequestLanguage.ofHeader(longest)).isEqualTo(Language.EN);
    assertThat(RequestLanguage.ofHeader(longest + " ")).isEqualTo(Language.FR);
    assertThat(RequestLanguage.ofHeader("en" + "-a".repeat(8_000))).isEqualTo(Language.FR);
  }
}
