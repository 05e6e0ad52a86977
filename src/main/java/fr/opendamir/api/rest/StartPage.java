package fr.opendamir.api.rest;

import fr.opendamir.answer.EntityTag;
import fr.opendamir.api.http.ResponseHeaders;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The page at {@code /}: a description of the service, the current release, and links to three
 * example questions.
 */
@Path("/")
public class StartPage {
  private final ReleaseCatalog releases;
  private final String template;
  private final String contentPolicy;

  StartPage(ReleaseCatalog releases) {
    this.releases = releases;
    try (InputStream in = StartPage.class.getResourceAsStream("start-page.html")) {
      this.template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the start page cannot be read", e);
    }
    this.contentPolicy =
        "default-src 'none'; img-src 'self'; style-src 'sha256-%s'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            .formatted(Base64.getEncoder().encodeToString(EntityTag.digest(style(template))));
  }

  /**
   * The content of the page's only style element, as browsers hash it for the
   * Content-Security-Policy.
   */
  private static String style(String page) {
    return page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
  }

  @GET
  @Produces("text/html;charset=UTF-8")
  @Operation(hidden = true)
  public Uni<String> get(@Context HttpServerResponse response) {
    response.putHeader(ResponseHeaders.CONTENT_POLICY, contentPolicy);
    response.putHeader("Content-Language", "fr, en");
    return releases.latest().map(release -> template.replace("{{release}}", describe(release)));
  }

  private static String describe(Optional<Release> release) {
    if (release.isEmpty()) {
      return "<p class=\"notice\">Aucun mois n'est encore publié. · Nothing is published yet.</p>";
    }
    List<YearMonth> months = release.get().monthList();
    String text =
        "<p>Version <a href=\"/v1/releases/latest\">%s</a> : %d mois, de %s à %s.</p>"
            .formatted(
                release.get().id(), months.size(), months.get(0), months.get(months.size() - 1));
    return release.get().isSynthetic()
        ? "<p class=\"notice\">Données <strong>synthétiques</strong> de démonstration : aucun"
            + " chiffre n'est réel. · <strong>Synthetic</strong> demonstration data: no figure is"
            + " real.</p>"
            + text
        : text;
  }
}
