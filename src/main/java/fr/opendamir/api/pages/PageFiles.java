package fr.opendamir.api.pages;

import fr.opendamir.answer.EntityTag;
import fr.opendamir.api.http.ResponseHeaders;
import fr.opendamir.api.http.StaticFile;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of pages, below {@code /assets/{hash}/}. The hash is of all files together, so that
 * modules, which import each other by relative addresses, are always of one version; what is below
 * it never changes. Only the files that are listed here are served.
 */
@ApplicationScoped
class PageFiles {
  static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  /** Scripts that set global names, in the order in which they need each other. */
  static final List<String> LIBRARIES =
      List.of("d3.min.js", "preact.min.umd.js", "hooks.umd.js", "htm.umd.js");

  /** The module that starts the explorer. */
  static final String EXPLORER = "explore.js";

  /** All modules. */
  static final List<String> MODULES =
      List.of(
          EXPLORER,
          "address.js",
          "answer-view.js",
          "answer.js",
          "bars.js",
          "chart.js",
          "colours.js",
          "combobox.js",
          "contract.js",
          "estimate.js",
          "graphql.js",
          "labels.js",
          "legend.js",
          "lib.js",
          "lines.js",
          "map.js",
          "numbers.js",
          "period.js",
          "picture.js",
          "problem.js",
          "sentence.js",
          "service.js",
          "snippets.js",
          "sql.js",
          "table.js",
          "take.js",
          "title.js",
          "use-answer.js",
          "views.js",
          "words.js");

  static final String STYLE = "style.css";

  /** The style sheet of pages that are read, beside the one of all pages. */
  static final String TEXT_STYLE = "text.css";

  static final String OUTLINES = "regions.geojson";

  private static final Pattern IMPORT = Pattern.compile("from \"\\./([a-z-]+\\.js)\"");
  private static final String PATH = "/assets/";

  /** After the filters and before the routes of extensions, like the other doors. */
  private static final int ORDER = -100;

  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final int HASH_LENGTH = 16;
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

  /** Comments of our own files, a quarter of what would be sent. */
  private static final Pattern COMMENTS = Pattern.compile("(?ms)/\\*.*?\\*/ ?|^ *//[^\\n]*\\n");

  /** A text file; all are in UTF-8. */
  private record PageFile(String content, String type) {}

  private final Map<String, PageFile> files = read();
  private final String hash = hash(files);

  private static Map<String, PageFile> read() {
    Map<String, PageFile> files = new LinkedHashMap<>();
    files.put("d3.min.js", library("d3/dist/d3.min.js"));
    files.put("preact.min.umd.js", library("preact/dist/preact.min.umd.js"));
    files.put("hooks.umd.js", library("preact/hooks/dist/hooks.umd.js"));
    files.put("htm.umd.js", library("htm/dist/htm.umd.js"));
    MODULES.forEach(name -> files.put(name, own(name, JAVASCRIPT)));
    List.of(STYLE, TEXT_STYLE)
        .forEach(name -> files.put(name, own(name, "text/css; charset=utf-8")));
    files.put(OUTLINES, new PageFile(text("web/" + OUTLINES), "application/geo+json"));
    return files;
  }

  private static PageFile library(String path) {
    return new PageFile(text("lib/" + path), JAVASCRIPT);
  }

  private static PageFile own(String name, String type) {
    return new PageFile(COMMENTS.matcher(text("web/" + name)).replaceAll(""), type);
  }

  private static String text(String path) {
    return new String(StaticFile.read(PageFiles.class, path), StandardCharsets.UTF_8);
  }

  private static String hash(Map<String, PageFile> files) {
    StringBuilder all = new StringBuilder();
    files.forEach((name, file) -> all.append(name).append('\n').append(file.content()));
    return HexFormat.of().formatHex(EntityTag.digest(all.toString())).substring(0, HASH_LENGTH);
  }

  /** The folder of the files, such as {@code /assets/0123456789abcdef}. */
  String folder() {
    return PATH + hash;
  }

  /** What a page that is read has in its head. */
  String textStyle() {
    return "<link rel=\"stylesheet\" href=\"%s/%s\">\n".formatted(folder(), TEXT_STYLE);
  }

  /**
   * What a page has in its head to start a module: libraries, the module, and all that it imports,
   * which browsers then fetch at once and not import by import.
   */
  String scripts(String module) {
    StringBuilder head = new StringBuilder();
    LIBRARIES.forEach(
        name -> head.append("<script src=\"%s/%s\" defer></script>\n".formatted(folder(), name)));
    Set<String> imported = new LinkedHashSet<>();
    addImports(module, imported);
    imported.forEach(
        name ->
            head.append("<link rel=\"modulepreload\" href=\"%s/%s\">\n".formatted(folder(), name)));
    return head.append(
            "<script type=\"module\" src=\"%s/%s\"></script>".formatted(folder(), module))
        .toString();
  }

  private void addImports(String module, Set<String> imported) {
    IMPORT
        .matcher(files.get(module).content())
        .results()
        .map(found -> found.group(1))
        .filter(imported::add)
        .forEach(name -> addImports(name, imported));
  }

  void register(@Observes Router router) {
    files.forEach((name, file) -> serve(router, name, file));
    get(router, PATH + ":hash/:name").order(ORDER + 1).handler(this::redirect);
  }

  private void serve(Router router, String name, PageFile file) {
    byte[] bytes = file.content().getBytes(StandardCharsets.UTF_8);
    StaticFile content = StaticFile.of(name, bytes, file.type(), FOR_EVER);
    get(router, folder() + "/" + name)
        .order(ORDER)
        .handler(
            context -> {
              context.response().putHeader(ResponseHeaders.CONTENT_POLICY, CONTENT_POLICY);
              content.send(context);
            });
  }

  private static Route get(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  /**
   * Leads a page that was stored by a browser or proxy before an update to the files that there are
   * now. A module that was redirected imports the others from where it was found.
   */
  private void redirect(RoutingContext context) {
    String name = context.pathParam("name");
    if (!files.containsKey(name)) {
      context.next();
      return;
    }
    context
        .response()
        .setStatusCode(307)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Location", folder() + "/" + name);
    var unused = context.response().end();
  }
}
