package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.http.HttpConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.servers.Server;
import org.junit.jupiter.api.Test;

class PublicServerTest {
  @Test
  void aPublicAddressIsNamedBesideTheRelativeOne() {
    assertThat(servers("https://damir.example.org/"))
        .containsExactly("/", "https://damir.example.org");
    assertThat(servers("https://example.org/damir"))
        .containsExactly("/", "https://example.org/damir");
  }

  @Test
  void whereNoneIsConfiguredThereIsTheRelativeOneOnly() {
    assertThat(servers(null)).containsExactly("/");
  }

  private static List<String> servers(String publicUrl) {
    OpenAPI contract = OASFactory.createOpenAPI().addServer(OASFactory.createServer().url("/"));
    new PublicServer(
            new HttpConfig() {
              @Override
              public Duration requestTimeout() {
                return Duration.ofSeconds(60);
              }

              @Override
              public Optional<URI> publicUrl() {
                return Optional.ofNullable(publicUrl).map(URI::create);
              }
            })
        .filterOpenAPI(contract);
    return contract.getServers().stream().map(Server::getUrl).toList();
  }
}
