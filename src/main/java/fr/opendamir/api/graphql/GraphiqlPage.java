package fr.opendamir.api.graphql;

import fr.opendamir.api.http.ResponseHeaders;
import fr.opendamir.api.http.StaticFile;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Serves the GraphiQL page at {@code /graphiql/}: a page and start script with an example, around
 * the libraries that SmallRye GraphQL ships. It loads nothing from other hosts, and its {@code
 * Content-Security-Policy} makes browsers enforce that.
 */
@ApplicationScoped
class GraphiqlPage {
  private static final String PATH = "/graphiql/";

  /**
   * After the filters, like GraphqlRoute, and before the routes of extensions, which have orders
   * from 0.
   */
  private static final int ORDER = -100;

  /** The editor sets inline styles, and its style sheet embeds fonts and images. */
  private static final String CONTENT_POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          + "font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private static final String FOR_A_WHILE = "public, max-age=300";

  /** The addresses of libraries do not change with their content, but their tags do. */
  private static final String FOR_A_DAY = "public, max-age=86400";

  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE_SHEET = "text/css; charset=utf-8";

  /** Folder where the build unpacks the libraries, without source maps; see pom.xml. */
  private static final String LIBRARY_FOLDER = "graphiql/";

  private static final Map<String, String> LIBRARIES =
      Map.of(
          "react.production.min.js", JAVASCRIPT,
          "react-dom.production.min.js", JAVASCRIPT,
          "graphiql.min.js", JAVASCRIPT,
          "graphiql.min.css", STYLE_SHEET,
          "style.css", STYLE_SHEET,
          "favicon.ico", "image/x-icon");

  void register(@Observes Router router) {
    get(router, PATH.substring(0, PATH.length() - 1)).handler(GraphiqlPage::redirect);
    serve(router, "", "graphiql.html", "text/html; charset=utf-8", FOR_A_WHILE);
    serve(router, "open-damir.js", "graphiql.js", JAVASCRIPT, FOR_A_WHILE);
    LIBRARIES.forEach((name, type) -> serve(router, name, LIBRARY_FOLDER + name, type, FOR_A_DAY));
  }

  private static void serve(
      Router router, String name, String resource, String type, String cacheControl) {
    StaticFile file = StaticFile.of(GraphiqlPage.class, resource, type, cacheControl);
    get(router, PATH + name)
        .handler(
            context -> {
              context.response().putHeader(ResponseHeaders.CONTENT_POLICY, CONTENT_POLICY);
              file.send(context);
            });
  }

  private static Route get(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).order(ORDER);
  }

  /**
   * Redirects to the path with a trailing slash, which the page's relative addresses require. A
   * route matches paths with and without it.
   */
  private static void redirect(RoutingContext context) {
    if (context.request().path().endsWith("/")) {
      context.next();
      return;
    }
    String query = context.request().query();
    context
        .response()
        .setStatusCode(308)
        .putHeader("Location", query == null ? PATH : PATH + "?" + query);
    var unused = context.response().end();
  }
}
