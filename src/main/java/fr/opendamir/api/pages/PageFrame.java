package fr.opendamir.api.pages;

import fr.opendamir.api.http.ResponseHeaders;
import fr.opendamir.api.http.StructuredData;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all pages have around their content: head, header with links, footer. */
@ApplicationScoped
class PageFrame {
  private static final Label BADGE = new Label("Données synthétiques", "Synthetic data");
  private static final Label BADGE_TITLE =
      new Label(
          "Données de démonstration : aucun chiffre n'est réel",
          "Demonstration data: no figure is real");
  private static final Label SKIP = new Label("Aller au contenu", "Skip to the content");
  private static final Label NAVIGATION = new Label("Pages du service", "Pages of the service");
  private static final Label FOOTER =
      new Label(
          "Chaque chiffre est une somme exacte de blocs d'au moins onze contributeurs."
              + " <a href=\"/v1/disclosure/methodology?lang=fr\">Méthode</a>."
              + " Source : Caisse nationale de l'Assurance Maladie – Open DAMIR, Licence Ouverte.",
          "Every figure is an exact sum of blocks of at least eleven contributors."
              + " <a href=\"/v1/disclosure/methodology?lang=en\">Method</a>."
              + " Source: Caisse nationale de l'Assurance Maladie – Open DAMIR, Licence Ouverte.");

  private record Link(String address, Label label) {}

  private static final List<Link> LINKS =
      List.of(
          new Link("/explore", new Label("Explorateur", "Explorer")),
          new Link("/docs", new Label("Documentation", "Docs")),
          new Link("/graphiql/", new Label("GraphiQL", "GraphiQL")),
          new Link("/v1/releases/latest/files", new Label("Fichiers", "Files")));

  private final PageTemplate template = PageTemplate.of("page.html");
  private final ReleaseCatalog releases;
  private final PageFiles files;
  private final StructuredData structured;

  PageFrame(ReleaseCatalog releases, PageFiles files, StructuredData structured) {
    this.releases = releases;
    this.files = files;
    this.structured = structured;
  }

  /**
   * One page.
   *
   * @param address its path
   * @param title plain text
   * @param description plain text, for search engines
   * @param head HTML
   */
  record Page(String address, Label title, Label description, String head) {}

  /**
   * Answers a request with a page. The language is in the address alone, so that stored pages vary
   * by nothing else.
   *
   * @param content HTML for the newest release, which is empty if nothing has been published
   */
  Uni<String> answer(
      Page page,
      Language language,
      HttpServerResponse response,
      Function<Optional<Release>, String> content) {
    response.putHeader(ResponseHeaders.CONTENT_POLICY, PageFiles.CONTENT_POLICY);
    response.putHeader("Cache-Control", "public, max-age=300");
    response.putHeader("Content-Language", language.id());
    return releases
        .latest()
        .map(
            release ->
                of(
                    page,
                    language,
                    release.map(Release::isSynthetic).orElse(false),
                    content.apply(release) + release.map(structured::html).orElse("")));
  }

  private String of(Page page, Language language, boolean isSynthetic, String content) {
    Language other = language == Language.FR ? Language.EN : Language.FR;
    Map<String, String> values = new LinkedHashMap<>();
    values.put("lang", language.id());
    values.put("title", PageTemplate.escaped(page.title().in(language)));
    values.put("description", PageTemplate.escaped(page.description().in(language)));
    values.put("skip", SKIP.in(language));
    values.put("navigation", NAVIGATION.in(language));
    values.put("home", inLanguage("/", language));
    values.put("links", links(page.address(), language));
    values.put("badge", isSynthetic ? badge(language) : "");
    values.put("other", other.id());
    values.put("other-address", page.address() + "?lang=" + other.id());
    values.put("other-name", other == Language.FR ? "Français" : "English");
    values.put("footer", FOOTER.in(language));
    values.put("head", page.head());
    values.put("content", content);
    values.put("assets", files.folder());
    return template.filled(values);
  }

  private static String badge(Language language) {
    return "<span class=\"badge\" title=\"%s\">%s</span>"
        .formatted(BADGE_TITLE.in(language), BADGE.in(language));
  }

  private static String links(String current, Language language) {
    return LINKS.stream()
        .map(
            link ->
                "<a href=\"%s\"%s>%s</a>"
                    .formatted(
                        inLanguage(link.address(), language),
                        link.address().equals(current) ? " aria-current=\"page\"" : "",
                        link.label().in(language)))
        .collect(Collectors.joining("\n"));
  }

  /** The language that {@code lang} names; French if it names none. */
  static Language language(String lang) {
    return Optional.ofNullable(lang).flatMap(Language::find).orElse(Language.FR);
  }

  /** The address of a page in the language of the page that has the link; French is the default. */
  private static String inLanguage(String address, Language language) {
    boolean isPage = !address.startsWith("/v1") && !address.startsWith("/graphiql");
    return isPage && language == Language.EN ? address + "?lang=en" : address;
  }
}
