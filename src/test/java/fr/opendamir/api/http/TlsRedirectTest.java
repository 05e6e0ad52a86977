package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsRedirectTest {
  @Test
  void itLeadsToThePublicAddress() {
    assertThat(TlsRedirect.address(Optional.of(URI.create("https://damir.example.org/"))))
        .isEqualTo("https://damir.example.org");
    assertThat(TlsRedirect.address(Optional.of(URI.create("https://example.org:8443/damir"))))
        .isEqualTo("https://example.org:8443/damir");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://damir.example.org", "damir.example.org"})
  void withoutOneItCannotBeConfigured(String address) {
    Optional<URI> url = address.isEmpty() ? Optional.empty() : Optional.of(URI.create(address));
    assertThatThrownBy(() -> TlsRedirect.address(url))
        .hasMessageContaining("opendamir.http.public-url");
  }
}
