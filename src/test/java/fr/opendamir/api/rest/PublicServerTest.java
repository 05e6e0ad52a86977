package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.testing.PublicUrl;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.servers.Server;
import org.junit.jupiter.api.Test;

class PublicServerTest {
  @Test
  void aPublicAddressIsNamedBesideTheRelativeOne() {
    assertThat(servers(PublicUrl.of("https://damir.example.org/")))
        .containsExactly("/", "https://damir.example.org");
    assertThat(servers(PublicUrl.of("https://example.org/damir")))
        .containsExactly("/", "https://example.org/damir");
  }

  @Test
  void whereNoneIsConfiguredThereIsTheRelativeOneOnly() {
    assertThat(servers(PublicUrl.none())).containsExactly("/");
  }

  private static List<String> servers(PublicAddress address) {
    OpenAPI contract = OASFactory.createOpenAPI().addServer(OASFactory.createServer().url("/"));
    new PublicServer(address).filterOpenAPI(contract);
    return contract.getServers().stream().map(Server::getUrl).toList();
  }
}
