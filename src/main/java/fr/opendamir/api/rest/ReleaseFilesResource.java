package fr.opendamir.api.rest;

import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.FileShelf;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Lists the files of a release. The files themselves are served by {@code api.files}. */
@Path("/v1/releases/{id}/files")
@Produces(MediaType.APPLICATION_JSON)
public class ReleaseFilesResource {
  private static final String LATEST = "latest";

  /** A scheme and a host with a port, which can stand in a string of SQL. */
  private static final Pattern BASE = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]{1,255}");

  /** Further hosts get addresses without one. */
  private static final int MOST_BASES = 16;

  private final Set<String> bases = ConcurrentHashMap.newKeySet();
  private final ReleaseCatalog releases;
  private final FileShelf shelf;
  private final VocabularyAnswers answers;
  private final PublicAddress address;

  ReleaseFilesResource(
      ReleaseCatalog releases, FileShelf shelf, VocabularyAnswers answers, PublicAddress address) {
    this.releases = releases;
    this.shelf = shelf;
    this.answers = answers;
    this.address = address;
  }

  @GET
  @APIResponseSchema(FilePackage.PackageBody.class)
  public Uni<Response> list(@PathParam("id") String id, @Context RoutingContext context) {
    if (!shelf.isOpen()) {
      throw new UnknownNameException(
          new Label(
              "ce service lit ses chiffres d'un autre moteur et ne garde pas de fichiers",
              "this service reads its figures from another engine and has no files"));
    }
    Language language = RequestLanguage.ofAnswer(context.request());
    String base = base(context.request());
    return (id.equals(LATEST) ? releases.latest() : releases.find(id))
        .chain(release -> shelf.files(required(release)))
        .chain(
            files ->
                answers.json(
                    context,
                    () -> new FilePackage(files, language, base).body(),
                    "files",
                    language.id(),
                    base,
                    files.release().id()));
  }

  @GET
  @Path("/datapackage.json")
  @APIResponseSchema(FilePackage.PackageBody.class)
  public Uni<Response> describe(@PathParam("id") String id, @Context RoutingContext context) {
    return list(id, context);
  }

  private static Release required(Optional<Release> release) {
    return release.orElseThrow(
        () ->
            new UnknownNameException(
                new Label(
                    "cette version n'est pas (ou plus) servie ; /v1/releases donne celles qui le"
                        + " sont, et /v1/releases/latest/files les fichiers de la plus récente",
                    "this release is not, or no longer, served; /v1/releases lists those that are,"
                        + " and /v1/releases/latest/files the files of the newest")));
  }

  /** The public address if it is configured, or as the client knows it. */
  private String base(HttpServerRequest request) {
    return address.base().orElseGet(() -> known(request.scheme() + "://" + request.authority()));
  }

  /** A base of its own for every Host that is sent would compute and cache a list for each. */
  private String known(String base) {
    boolean isKnown =
        bases.contains(base)
            || (BASE.matcher(base).matches() && bases.size() < MOST_BASES && bases.add(base));
    return isKnown ? base : "";
  }
}
