package fr.opendamir.api.rest;

import fr.opendamir.api.http.PublicAddress;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * Adds the public URL of the service to the OpenAPI document, if it is configured, for clients that
 * store the document elsewhere. It is added when the document is written, so the committed document
 * does not have it.
 */
final class PublicServer implements OASFilter {
  private final PublicAddress address;

  PublicServer(PublicAddress address) {
    this.address = address;
  }

  @Override
  public void filterOpenAPI(OpenAPI openApi) {
    address
        .base()
        .ifPresent(
            url ->
                openApi.addServer(
                    OASFactory.createServer().url(url).description("Public address")));
  }
}
