package fr.opendamir.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.PublicUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts that requests may name. */
class KnownHostsTest {
  private static final KnownHosts PUBLIC =
      new KnownHosts(PublicUrl.of("https://Api.Example.fr/damir"));
  private static final KnownHosts LOCAL = new KnownHosts(PublicUrl.none());

  @ParameterizedTest
  @CsvSource({
    "api.example.fr, , true, false",
    "API.EXAMPLE.FR:443, , true, false",
    "localhost, , true, true",
    "LOCALHOST:8080, , true, true",
    "127.0.0.1:8080, , true, true",
    "[::1]:8080, , true, true",
    "192.168.1.7, , true, true",
    "evil.example, , false, false",
    "api.example.fr.evil.example, , false, false",
    "localhost.evil.example, , false, false",
    "127.0.0.1.evil.example, , false, false",
    "user@evil.example, , false, false",
    "evil.example#localhost, , false, false",
    "'', , false, false",
    "a b, , false, false",
    ", , false, false",
    "api.example.fr, https://api.example.fr, true, false",
    "api.example.fr, https://evil.example, false, false",
    "localhost, http://localhost:5173, true, true",
    "localhost, http://evil.example, false, false",
    "localhost, null, false, false",
    "localhost, localhost, false, false",
    "localhost, 'http://localhost http://evil.example', false, false",
  })
  void namesThatOthersCanPointHereAreRefused(
      String host, String origin, boolean isOfPublic, boolean isOfLocal) {
    assertThat(PUBLIC.accepts(host, origin)).isEqualTo(isOfPublic);
    assertThat(LOCAL.accepts(host, origin)).isEqualTo(isOfLocal);
  }
}
