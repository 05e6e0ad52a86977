package fr.opendamir.api.discovery;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.api.http.PublicAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The interfaces of the service, as a set of links (RFC 9264) for machines (RFC 9727). */
record ApiCatalog(PublicAddress address) {
  static final String PATH = "/.well-known/api-catalog";

  static final String MEDIA_TYPE =
      "application/linkset+json;profile=\"https://www.rfc-editor.org/info/rfc9727\"";

  private static final JsonMapper JSON = new JsonMapper();

  /** A link of an interface: its relation, and what it leads to. */
  private record Target(String relation, String path, String type, String title) {}

  /** An interface: an address that answers, and the links of it. */
  private record Door(String path, List<Target> targets) {}

  private static final List<Door> DOORS =
      List.of(
          new Door(
              "/v1/aggregates",
              List.of(
                  new Target("service-desc", "/openapi", "application/yaml", "OpenAPI 3.1"),
                  new Target(
                      "service-desc", "/openapi?version=3.0", "application/yaml", "OpenAPI 3.0"),
                  new Target("service-doc", "/docs", "text/html", "Documentation"),
                  new Target("service-doc", "/llms.txt", "text/markdown", "Guide for agents"),
                  new Target(
                      "service-meta", "/v1/releases.atom", "application/atom+xml", "Releases"))),
          new Door(
              "/graphql",
              List.of(
                  new Target(
                      "service-desc", "/graphql/schema.graphql", "text/plain", "GraphQL schema"),
                  new Target("service-doc", "/graphiql/", "text/html", "GraphiQL"))));

  byte[] json() {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode linkset = document.putArray("linkset");
    ArrayNode items = linkset.addObject().put("anchor", address.of(PATH)).withArrayProperty("item");
    for (Door door : DOORS) {
      items.addObject().put("href", address.of(door.path()));
      ObjectNode links = linkset.addObject().put("anchor", address.of(door.path()));
      for (Target target : door.targets()) {
        links
            .withArrayProperty(target.relation())
            .addObject()
            .put("href", address.of(target.path()))
            .put("type", target.type())
            .put("title", target.title());
      }
    }
    return document.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }
}
