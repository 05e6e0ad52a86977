package fr.opendamir.api.rest;

import fr.opendamir.api.http.HttpConfig;
import io.quarkus.arc.Unremovable;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * Adds the address that readers know to the contract, where one is configured: for those who keep
 * the document elsewhere. It is not of the build, and not in the committed document.
 */
@Singleton
@Unremovable
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_STARTUP)
public class PublicServer implements OASFilter {
  private final HttpConfig config;

  PublicServer(HttpConfig config) {
    this.config = config;
  }

  @Override
  public void filterOpenAPI(OpenAPI openApi) {
    config
        .publicUrl()
        .ifPresent(
            url ->
                openApi.addServer(
                    OASFactory.createServer()
                        .url(url.toString().replaceFirst("/+$", ""))
                        .description("Public address")));
  }
}
