package fr.opendamir.api.pages;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.format.Formats;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The page at {@code /explore}, where people ask questions and see answers. Its query string is the
 * one of {@code /v1/aggregates} with how the answer is shown; only scripts in the browser read it,
 * so that the same page serves all questions.
 */
@Path("/explore")
public class ExplorePage {
  private static final Label TITLE = new Label("Explorateur", "Explorer");
  private static final Label DESCRIPTION =
      new Label(
          "Explorer les dépenses d'assurance maladie : tableaux, courbes et cartes, exacts au"
              + " centime",
          "Explore French health-insurance spending: tables, lines and maps, exact to the cent");

  private static final Label WITHOUT_SCRIPTS =
      new Label(
          "L'explorateur a besoin de JavaScript. Sans lui, les mêmes réponses s'obtiennent de"
              + " <a href=\"/v1/aggregates?group_by=region&amp;format=csv\">l'API, en CSV</a>.",
          "The explorer needs JavaScript. Without it, the same answers come from"
              + " <a href=\"/v1/aggregates?group_by=region&amp;format=csv&amp;lang=en\">the API, as"
              + " CSV</a>.");

  /** The formats that the page may offer, and the dialects of CSV. */
  private static final String FILE_FORMATS =
      Stream.concat(Formats.ids().stream(), Formats.DIALECTS.keySet().stream())
          .collect(Collectors.joining(","));

  private final PageFrame frame;
  private final PageFrame.Page page;

  ExplorePage(PageFrame frame, PageFiles files) {
    this.frame = frame;
    this.page =
        new PageFrame.Page("/explore", TITLE, DESCRIPTION, files.scripts(PageFiles.EXPLORER));
  }

  @GET
  @Produces("text/html;charset=UTF-8")
  @Operation(hidden = true)
  public Uni<String> get(@QueryParam("lang") String lang, @Context HttpServerResponse response) {
    Language language = PageFrame.language(lang);
    String content =
        "<div id=\"explorer\" data-formats=\"%s\"><noscript><p>%s</p></noscript></div>"
            .formatted(FILE_FORMATS, WITHOUT_SCRIPTS.in(language));
    return frame.answer(page, language, response, release -> content);
  }
}
