package fr.opendamir.api.http;

import fr.opendamir.catalog.Label;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Resource with the documentation pages that the {@code type} of a problem points to. */
@Path("/v1/problems")
public class ProblemDocumentation {
  /** The documentation of a problem type. */
  @Schema(name = "ProblemType")
  public record Page(String type, int status, String title, String description) {}

  @GET
  @Path("/{slug}")
  @Produces(MediaType.APPLICATION_JSON)
  public Page get(@PathParam("slug") String slug, @Context HttpServerRequest request) {
    ProblemType type =
        ProblemType.find(slug)
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        new Label(
                            "ce type de problème n'existe pas", "there is no such problem type")));
    var language = RequestLanguage.ofAnswer(request);
    return new Page(
        type.uri(), type.status(), type.title().in(language), type.description().in(language));
  }
}
