import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;

/**
 * The floor of a cached answer: a Vert.x route that does nothing but give back what the service
 * answered once, status, headers and bytes.
 *
 * <p>It asks the service four times at its start (with and without gzip, and again with the entity
 * tag of each) and listens on a free port, which it prints.
 *
 * <p>Arguments: port of the service, path with query.
 */
final class BareRoute extends AbstractVerticle {
  /** The recorded answers to one content coding. */
  private record Recorded(HttpConnection.Answer full, HttpConnection.Answer notModified) {
    static Recorded ask(HttpConnection service, String path, String... headers) throws IOException {
      HttpConnection.Answer full = service.require(path, headers);
      String[] conditional = Arrays.copyOf(headers, headers.length + 1);
      conditional[headers.length] = "If-None-Match: " + full.header("ETag");
      HttpConnection.Answer notModified = service.get(path, conditional);
      if (notModified.status() != 304) {
        throw new IOException(path + " gives no 304 but " + notModified.status());
      }
      return new Recorded(full, notModified);
    }
  }

  private final Recorded plain;
  private final Recorded gzip;
  private final String route;
  private final int port;

  private BareRoute(Recorded plain, Recorded gzip, String route, int port) {
    this.plain = plain;
    this.gzip = gzip;
    this.route = route;
    this.port = port;
  }

  public static void main(String[] arguments) throws Exception {
    String path = arguments[1];
    Recorded plain;
    Recorded gzip;
    try (HttpConnection service = new HttpConnection(Integer.parseInt(arguments[0]))) {
      plain = Recorded.ask(service, path);
      gzip = Recorded.ask(service, path, "Accept-Encoding: gzip");
    }
    String route = path.split("\\?", 2)[0];
    // Instances of one deployment share a port; 0 would give each of them another one.
    int port = freePort();
    // As many event loops as the service has by default, each with an instance, as there.
    Vertx.vertx()
        .deployVerticle(
            () -> new BareRoute(plain, gzip, route, port),
            new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE))
        .onSuccess(id -> System.out.println("bare route on port " + port))
        .onFailure(
            failure -> {
              failure.printStackTrace();
              System.exit(1);
            });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void start(Promise<Void> started) {
    Router router = Router.router(vertx);
    Buffer plainBody = Buffer.buffer(plain.full().body());
    Buffer gzipBody = Buffer.buffer(gzip.full().body());
    router
        .get(route)
        .handler(
            context -> {
              HttpServerRequest request = context.request();
              boolean wantsGzip = request.getHeader("Accept-Encoding") != null;
              Recorded recorded = wantsGzip ? gzip : plain;
              String known = request.getHeader("If-None-Match");
              if (known != null && known.equals(recorded.full().header("ETag"))) {
                head(context.response(), recorded.notModified()).end();
              } else {
                head(context.response(), recorded.full()).end(wantsGzip ? gzipBody : plainBody);
              }
            });
    HttpServer server = vertx.createHttpServer();
    server.requestHandler(router).listen(port).<Void>mapEmpty().onComplete(started);
  }

  private static HttpServerResponse head(
      HttpServerResponse response, HttpConnection.Answer answer) {
    response.setStatusCode(answer.status());
    answer.headers().forEach(header -> response.headers().add(header.name(), header.value()));
    return response;
  }
}
