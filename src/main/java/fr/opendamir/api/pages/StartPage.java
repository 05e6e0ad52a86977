package fr.opendamir.api.pages;

import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.Release;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The page at {@code /}: what this is, a chart of the newest release, three questions that open in
 * the explorer, and where to look. It needs no scripts.
 */
@Path("/")
public class StartPage {
  private static final Label TITLE =
      new Label("Dépenses d'assurance maladie", "Health-insurance spending");
  private static final Label DESCRIPTION =
      new Label(
          "Les dépenses d'assurance maladie en France, agrégées, anonymisées et exactes au centime",
          "France's health-insurance spending, aggregated, anonymised and exact to the cent");
  private static final Label NOTHING =
      new Label("Aucun mois n'est encore publié.", "Nothing is published yet.");
  private static final Label SYNTHETIC =
      new Label(
          "Données <strong>synthétiques</strong> de démonstration : aucun chiffre n'est réel.",
          "<strong>Synthetic</strong> demonstration data: no figure is real.");
  private static final Label NEWEST =
      new Label(
          "Version <a href=\"/v1/releases/latest\">%s</a> : %d mois, de %s à %s.",
          "Release <a href=\"/v1/releases/latest\">%s</a>: %d months, from %s to %s.");

  private final PageFrame frame;
  private final PageFrame.Page page;
  private final PublicAddress address;
  private final Map<Language, PageTemplate> templates = new EnumMap<>(Language.class);

  StartPage(PageFrame frame, PageFiles files, PublicAddress address) {
    this.frame = frame;
    this.page = new PageFrame.Page("/", TITLE, DESCRIPTION, files.textStyle());
    this.address = address;
    for (Language language : Language.values()) {
      templates.put(language, PageTemplate.of("start." + language.id() + ".html"));
    }
  }

  @GET
  @Produces("text/html;charset=UTF-8")
  @Operation(hidden = true)
  public Uni<String> get(@QueryParam("lang") String lang, @Context HttpServerResponse response) {
    Language language = PageFrame.language(lang);
    return frame.answer(page, language, response, release -> content(language, release));
  }

  private String content(Language language, Optional<Release> release) {
    return templates
        .get(language)
        .filled(
            Map.of(
                "origin", PageTemplate.escaped(address.inExamples()),
                "notice", notice(language, release),
                "chart", release.map(new MonthChart(language)::of).orElse("")));
  }

  private static String notice(Language language, Optional<Release> release) {
    if (release.isEmpty()) {
      return "<p class=\"notice\">%s</p>".formatted(NOTHING.in(language));
    }
    List<YearMonth> months = release.get().monthList();
    String newest =
        "<p>%s</p>"
            .formatted(
                NEWEST
                    .in(language)
                    .formatted(
                        release.get().id(),
                        months.size(),
                        months.get(0),
                        months.get(months.size() - 1)));
    return release.get().isSynthetic()
        ? "<p class=\"notice\">%s</p>%s".formatted(SYNTHETIC.in(language), newest)
        : newest;
  }
}
