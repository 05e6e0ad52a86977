package fr.opendamir.api.discovery;

import fr.opendamir.api.http.DocumentAnswers;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.FileShelf;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves the feed of releases. */
@Path("/v1/releases.atom")
public class FeedResource {
  private final ReleaseCatalog releases;
  private final FileShelf shelf;
  private final PublicAddress address;
  private final DocumentAnswers answers;

  FeedResource(
      ReleaseCatalog releases, FileShelf shelf, PublicAddress address, DocumentAnswers answers) {
    this.releases = releases;
    this.shelf = shelf;
    this.address = address;
    this.answers = answers;
  }

  @GET
  @Operation(hidden = true)
  public Uni<Response> get(@Context RoutingContext context) {
    Language language = RequestLanguage.ofAnswer(context.request());
    return releases
        .list()
        .chain(
            served ->
                answers.answer(
                    context,
                    ReleaseFeed.MEDIA_TYPE,
                    () -> new ReleaseFeed(address, language, shelf.isOpen()).xml(some(served)),
                    "feed",
                    language.id(),
                    served.stream().map(Release::id).collect(Collectors.joining(","))));
  }

  /** A feed has a date, which is the date of its newest entry. */
  private static List<Release> some(List<Release> served) {
    if (served.isEmpty()) {
      throw new UnknownNameException(
          new Label("aucun mois n'est encore publié", "nothing is published yet"));
    }
    return served;
  }
}
