package fr.opendamir.api.discovery;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.api.http.PublicAddress;
import java.nio.charset.StandardCharsets;

/** The interfaces of the service, as a set of links (RFC 9264) for machines (RFC 9727). */
record ApiCatalog(PublicAddress address, Interfaces interfaces) {
  static final String PATH = "/.well-known/api-catalog";

  static final String MEDIA_TYPE =
      "application/linkset+json;profile=\"https://www.rfc-editor.org/info/rfc9727\"";

  private static final JsonMapper JSON = new JsonMapper();

  byte[] json() {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode linkset = document.putArray("linkset");
    ArrayNode items = linkset.addObject().put("anchor", address.of(PATH)).withArrayProperty("item");
    for (Interfaces.Door door : interfaces.all()) {
      items.addObject().put("href", address.of(door.path()));
      ObjectNode links = linkset.addObject().put("anchor", address.of(door.path()));
      for (Interfaces.Target target : door.targets()) {
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
