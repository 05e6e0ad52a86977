package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.testing.PublicUrl;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsRedirectTest {
  @Test
  void itLeadsToThePublicAddress() {
    assertThat(TlsRedirect.secured(PublicUrl.of("https://damir.example.org/")))
        .isEqualTo("https://damir.example.org");
    assertThat(TlsRedirect.secured(PublicUrl.of("https://example.org:8443/damir")))
        .isEqualTo("https://example.org:8443/damir");
  }

  @Test
  void withoutOneItCannotBeConfigured() {
    for (PublicAddress address :
        List.of(PublicUrl.none(), PublicUrl.of("http://damir.example.org"))) {
      assertThatThrownBy(() -> TlsRedirect.secured(address))
          .hasMessageContaining("opendamir.http.public-url");
    }
  }
}
