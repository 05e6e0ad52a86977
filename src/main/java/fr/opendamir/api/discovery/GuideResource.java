package fr.opendamir.api.discovery;

import fr.opendamir.api.http.DocumentAnswers;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves the guide for language models. */
@Path("/llms.txt")
public class GuideResource {
  private final ReleaseCatalog releases;
  private final DocumentAnswers answers;
  private final AgentGuide guide;

  GuideResource(
      Catalog catalog, PublicAddress address, ReleaseCatalog releases, DocumentAnswers answers) {
    this.guide = new AgentGuide(catalog, address);
    this.releases = releases;
    this.answers = answers;
  }

  @GET
  @Operation(hidden = true)
  public Uni<Response> get(@Context RoutingContext context) {
    context.response().putHeader("Content-Language", "en");
    return releases
        .latest()
        .chain(
            release ->
                answers.answer(
                    context,
                    "text/markdown;charset=UTF-8",
                    () -> guide.markdown(release),
                    "llms",
                    release.map(Release::id).orElse("")));
  }
}
