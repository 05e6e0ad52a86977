package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.testing.PublicUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
  @Test
  void pathsAreAddedToItWithoutASecondSlash() {
    assertThat(PublicUrl.of("https://damir.example.org/").of("/v1/limits"))
        .isEqualTo("https://damir.example.org/v1/limits");
    assertThat(PublicUrl.of("https://example.org:8443/damir").of("/"))
        .isEqualTo("https://example.org:8443/damir/");
  }

  @Test
  void whereNoneIsConfiguredPathsStayAsTheyAre() {
    assertThat(PublicUrl.none().base()).isEmpty();
    assertThat(PublicUrl.none().of("/v1/limits")).isEqualTo("/v1/limits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "damir.example.org",
        "damir.example.org:8080",
        "ftp://damir.example.org",
        "https:///v1",
        "https://damir.example.org/?lang=fr",
        "https://damir.example.org/#top"
      })
  void whatIsNoAddressOfAWebServerIsRefused(String setting) {
    assertThatThrownBy(() -> PublicUrl.of(setting))
        .hasMessageContaining(setting)
        .hasMessageContaining("opendamir.http.public-url");
  }
}
