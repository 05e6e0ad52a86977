package fr.opendamir.api.discovery;

import fr.opendamir.api.http.DocumentAnswers;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Label;
import fr.opendamir.query.FileShelf;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReleaseFiles;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Serves the catalogue for data portals. There is none while it would make a portal list what is
 * not there: data that nobody should use, or addresses that lead nowhere.
 */
@Path("/catalog.jsonld")
public class CatalogueResource {
  private final Clock clock = Clock.systemUTC();
  private final ReleaseCatalog releases;
  private final FileShelf shelf;
  private final PublicAddress address;
  private final DocumentAnswers answers;

  CatalogueResource(
      ReleaseCatalog releases, FileShelf shelf, PublicAddress address, DocumentAnswers answers) {
    this.releases = releases;
    this.shelf = shelf;
    this.address = address;
    this.answers = answers;
  }

  @GET
  @Operation(hidden = true)
  public Uni<Response> get(@Context RoutingContext context) {
    String base =
        address
            .base()
            .orElseThrow(
                () ->
                    refused(
                        "il demande l'adresse publique du service : opendamir.http.public-url n'est"
                            + " pas réglé",
                        "it needs the public address of the service: opendamir.http.public-url is"
                            + " not set"));
    context.response().putHeader("Content-Language", "fr");
    return releases
        .latest()
        .map(CatalogueResource::genuine)
        .chain(this::files)
        .chain(
            files -> {
              Instant modified = modified(files.release());
              return answers.answer(
                  context,
                  DataCatalogue.MEDIA_TYPE,
                  () -> new DataCatalogue(base, files, modified).json(),
                  "catalogue",
                  files.release().id(),
                  modified.toString());
            });
  }

  private static Release genuine(Optional<Release> newest) {
    Release release =
        newest.orElseThrow(
            () -> refused("aucun mois n'est encore publié", "nothing is published yet"));
    if (release.isSynthetic()) {
      throw refused(
          "les données sont synthétiques, aucun chiffre n'est réel",
          "the data are synthetic, no figure is real");
    }
    return release;
  }

  private Uni<ReleaseFiles> files(Release release) {
    return shelf.isOpen()
        ? shelf.files(release)
        : Uni.createFrom().item(new ReleaseFiles(release, List.of()));
  }

  /** Portals refuse dates in the future, which the clock of another machine may have made. */
  private Instant modified(Release release) {
    Instant now = clock.instant();
    return release.publishedAt().isAfter(now) ? now : release.publishedAt();
  }

  private static UnknownNameException refused(String french, String english) {
    return new UnknownNameException(
        new Label(
            "il n'y a pas de catalogue pour les portails de données : " + french,
            "there is no catalogue for data portals: " + english));
  }
}
