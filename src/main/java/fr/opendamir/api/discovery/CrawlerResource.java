package fr.opendamir.api.discovery;

import fr.opendamir.api.http.DocumentAnswers;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.catalog.Label;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Tells crawlers what to read: pages, and not the answers, of which there are as many as questions.
 */
@Path("/")
public class CrawlerResource {
  /** Pages and documents for people, in both languages under one address. */
  private static final List<String> PAGES =
      List.of("/", "/explore", "/docs", "/graphiql/", "/v1/disclosure/methodology");

  private static final String ROBOTS =
      """
      # Pages may be read. Answers may not: there are more questions than a crawler can ask, and
      # figures without their warnings mislead. To take all data at once: /v1/releases/latest/files
      User-agent: *
      Allow: /v1/disclosure/methodology
      Allow: /v1/releases.atom
      Disallow: /v1/
      Disallow: /graphql
      Disallow: /mcp
      """;

  private static final Label SITEMAP = new Label("le plan des pages", "the list of pages");

  private final PublicAddress address;
  private final ReleaseCatalog releases;
  private final DocumentAnswers answers;

  CrawlerResource(PublicAddress address, ReleaseCatalog releases, DocumentAnswers answers) {
    this.address = address;
    this.releases = releases;
    this.answers = answers;
  }

  @GET
  @Path("robots.txt")
  @Operation(hidden = true)
  public Uni<Response> robots(@Context RoutingContext context) {
    return answers.answer(
        context,
        "text/plain;charset=UTF-8",
        () ->
            (ROBOTS
                    + address
                        .base()
                        .map(base -> "\nSitemap: " + base + "/sitemap.xml\n")
                        .orElse(""))
                .getBytes(StandardCharsets.UTF_8),
        "robots");
  }

  /** Lists the pages. Addresses in it must be complete, so it needs the public address. */
  @GET
  @Path("sitemap.xml")
  @Operation(hidden = true)
  public Uni<Response> sitemap(@Context RoutingContext context) {
    String base = address.required(SITEMAP);
    return releases
        .latest()
        .chain(
            release ->
                answers.answer(
                    context,
                    "application/xml;charset=UTF-8",
                    () -> sitemap(base, release),
                    "sitemap",
                    release.map(Release::id).orElse("")));
  }

  private static byte[] sitemap(String base, Optional<Release> release) {
    XmlDocument xml =
        new XmlDocument("urlset", "http://www.sitemaps.org/schemas/sitemap/0.9", Map.of());
    for (String page : PAGES) {
      xml.element(
          "url",
          () -> {
            xml.text("loc", base + page);
            if (page.equals("/")) { // the only page that changes with the data
              release.ifPresent(newest -> xml.text("lastmod", newest.publishedAt().toString()));
            }
          });
    }
    return xml.end();
  }
}
