package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.http.HttpConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
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
    SmallRyeConfigBuilder settings =
        new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(HttpConfig.class);
    if (publicUrl != null) {
      settings.withDefaultValue("opendamir.http.public-url", publicUrl);
    }
    new PublicServer(settings.build().getConfigMapping(HttpConfig.class)).filterOpenAPI(contract);
    return contract.getServers().stream().map(Server::getUrl).toList();
  }
}
