package fr.opendamir.api.graphql;

import fr.opendamir.api.http.ResponseHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The GraphiQL page at {@code /graphiql/}: a page and a start of our own, with an example, around
 * the libraries that SmallRye GraphQL serves beside it. It loads nothing from other hosts, and
 * tells browsers to see to that.
 */
@ApplicationScoped
class GraphiqlPage {
  private static final String PATH = "/graphiql/";

  /**
   * After the filters, as GraphqlRoute; before the routes of extensions, which are at 0 and later.
   */
  private static final int ORDER = -100;

  /** The editor sets styles of its own and has its letters and images in the style sheet. */
  private static final String CONTENT_POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          + "font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  void register(@Observes Router router) {
    get(router, PATH.substring(0, PATH.length() - 1)).handler(GraphiqlPage::redirect);
    Buffer page = resource("graphiql.html");
    get(router, PATH).handler(context -> send(context, "text/html; charset=utf-8", page));
    Buffer start = resource("graphiql.js");
    get(router, PATH + "open-damir.js")
        .handler(context -> send(context, "text/javascript; charset=utf-8", start));
  }

  private static Route get(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).order(ORDER);
  }

  /** A route matches with and without its last slash; the page's own addresses need it. */
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

  private static void send(RoutingContext context, String type, Buffer content) {
    context
        .response()
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "public, max-age=300")
        .putHeader(ResponseHeaders.CONTENT_POLICY, CONTENT_POLICY);
    var unused = context.response().end(content);
  }

  private static Buffer resource(String name) {
    try (InputStream in = GraphiqlPage.class.getResourceAsStream(name)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
