package fr.opendamir.api.discovery;

import fr.opendamir.api.http.DocumentAnswers;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.FileShelf;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReleaseFiles;
import fr.opendamir.query.WithdrawnRelease;
import fr.opendamir.query.WithdrawnReleases;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves the documents that are made from releases: a guide, a feed, a catalogue. */
@Path("/")
public class ReleaseDocuments {
  private static final Label CATALOGUE =
      new Label("le catalogue pour les portails de données", "the catalogue for data portals");
  private static final Label NOTHING =
      new Label("aucun mois n'est encore publié", "nothing is published yet");
  private static final Label SYNTHETIC =
      new Label(
          "il n'y a pas de catalogue pour les portails de données : les données sont synthétiques,"
              + " aucun chiffre n'est réel",
          "there is no catalogue for data portals: the data are synthetic, no figure is real");

  private final Clock clock = Clock.systemUTC();
  private final ReleaseCatalog releases;
  private final WithdrawnReleases withdrawn;
  private final FileShelf shelf;
  private final PublicAddress address;
  private final DocumentAnswers answers;
  private final AgentGuide guide;

  ReleaseDocuments(
      Catalog catalog,
      ReleaseCatalog releases,
      WithdrawnReleases withdrawn,
      FileShelf shelf,
      PublicAddress address,
      Interfaces interfaces,
      DocumentAnswers answers) {
    this.releases = releases;
    this.withdrawn = withdrawn;
    this.shelf = shelf;
    this.address = address;
    this.answers = answers;
    this.guide = new AgentGuide(catalog, address, interfaces);
  }

  /** The guide for language models. */
  @GET
  @Path("llms.txt")
  @Operation(hidden = true)
  public Uni<Response> guide(@Context RoutingContext context) {
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

  /** The feed of releases. */
  @GET
  @Path("v1/releases.atom")
  @Operation(hidden = true)
  public Uni<Response> feed(@Context RoutingContext context) {
    Language language = RequestLanguage.ofAnswer(context.request());
    return releases
        .list()
        .chain(
            served ->
                withdrawn
                    .list(served.stream().map(Release::id).toList())
                    .chain(
                        gone ->
                            answers.answer(
                                context,
                                ReleaseFeed.MEDIA_TYPE,
                                () -> feed(language, served, gone),
                                "feed",
                                language.id(),
                                ids(served, gone))));
  }

  /** A feed has a date, which is the date of its newest entry. */
  private byte[] feed(Language language, List<Release> served, List<WithdrawnRelease> gone) {
    if (served.isEmpty()) {
      throw new UnknownNameException(NOTHING);
    }
    return new ReleaseFeed(address, language, shelf.isOpen()).xml(served, gone);
  }

  private static String ids(List<Release> served, List<WithdrawnRelease> gone) {
    return Stream.concat(
            served.stream().map(Release::id), gone.stream().map(release -> "-" + release.id()))
        .collect(Collectors.joining(","));
  }

  /**
   * The catalogue for data portals. There is none while it would make a portal list what is not
   * there: data that nobody should use, or addresses that lead nowhere.
   */
  @GET
  @Path("catalog.jsonld")
  @Operation(hidden = true)
  public Uni<Response> catalogue(@Context RoutingContext context) {
    String base = address.required(CATALOGUE);
    context.response().putHeader("Content-Language", "fr");
    return releases
        .latest()
        .map(ReleaseDocuments::genuine)
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
    Release release = newest.orElseThrow(() -> new UnknownNameException(NOTHING));
    if (release.isSynthetic()) {
      throw new UnknownNameException(SYNTHETIC);
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
}
