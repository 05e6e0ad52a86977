package fr.opendamir.api.rest;

import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page at {@code /}: what this is, what it serves now, three questions to click. */
@Path("/")
public class StartPage {
  private final ReleaseCatalog releases;
  private final String template;

  StartPage(ReleaseCatalog releases) {
    this.releases = releases;
    try (InputStream in = StartPage.class.getResourceAsStream("start-page.html")) {
      this.template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the start page cannot be read", e);
    }
  }

  @GET
  @Produces("text/html;charset=UTF-8")
  @Operation(hidden = true)
  public Uni<String> get() {
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
        ? "<p class=\"notice\">Données <strong>synthétiques</strong> de démonstration : aucun chiffre"
            + " n'est réel. · <strong>Synthetic</strong> demonstration data: no figure is real.</p>"
            + text
        : text;
  }
}
