package fr.opendamir.api.pages;

import fr.opendamir.access.Plan;
import fr.opendamir.access.Plans;
import fr.opendamir.access.Quota;
import fr.opendamir.api.http.PublicAddress;
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
import java.text.NumberFormat;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The page at {@code /docs}: first steps, parameters, limits, protection, recipes, and the
 * contract, which a script draws from {@code /openapi}. Without scripts all but the contract is
 * there.
 */
@Path("/docs")
public class DocsPage {
  private static final Label TITLE = new Label("Documentation", "Documentation");
  private static final Label DESCRIPTION =
      new Label(
          "Premiers pas, paramètres, limites et contrat de l'API Open DAMIR",
          "First steps, parameters, limits and contract of the Open DAMIR API");

  private final PageFrame frame;
  private final PageFrame.Page page;
  private final Map<Language, String> contents = new EnumMap<>(Language.class);

  DocsPage(PageFrame frame, PageFiles files, PublicAddress address, Plans plans) {
    this.frame = frame;
    this.page =
        new PageFrame.Page(
            "/docs", TITLE, DESCRIPTION, files.textStyle() + files.scripts("contract.js"));
    Plan plan = plans.anonymous();
    for (Language language : Language.values()) {
      contents.put(
          language,
          PageTemplate.of("docs." + language.id() + ".html")
              .filled(
                  Map.of(
                      "origin", PageTemplate.escaped(address.inExamples()),
                      "formats", formats(),
                      "burst", count(plan.burst(), language),
                      "daily", count(plan.daily(), language))));
    }
  }

  private static String count(Quota quota, Language language) {
    return NumberFormat.getIntegerInstance(language == Language.FR ? Locale.FRANCE : Locale.UK)
        .format(quota.units());
  }

  private static String formats() {
    return Formats.ids().stream()
        .map(id -> "<code>" + id + "</code>")
        .collect(Collectors.joining(", "));
  }

  @GET
  @Produces("text/html;charset=UTF-8")
  @Operation(hidden = true)
  public Uni<String> get(@QueryParam("lang") String lang, @Context HttpServerResponse response) {
    Language language = PageFrame.language(lang);
    return frame.answer(page, language, response, release -> contents.get(language));
  }
}
