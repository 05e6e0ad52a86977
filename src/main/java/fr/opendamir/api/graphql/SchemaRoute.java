package fr.opendamir.api.graphql;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/** Serves the schema in the schema definition language at {@code /graphql/schema.graphql}. */
@ApplicationScoped
class SchemaRoute {
  /** After the filters, as {@link GraphqlRoute}. */
  private static final int ORDER = -100;

  private static final long PAUSE_MILLIS = 1_000;

  private final Instance<GraphQLSchema> schema;
  private String text;

  SchemaRoute(Instance<GraphQLSchema> schema) {
    this.schema = schema;
  }

  /**
   * Builds the schema on a worker thread, which takes half a second, after the releases have been
   * read for the first time, so that the service is ready earlier. A request before that waits.
   */
  void prepare(@Observes StartupEvent started, Vertx vertx) {
    var unused = vertx.setTimer(PAUSE_MILLIS, timer -> vertx.executeBlocking(this::text, false));
  }

  private synchronized String text() {
    if (text == null) {
      text = print(schema.get());
    }
    return text;
  }

  static String print(GraphQLSchema schema) {
    SchemaPrinter.Options options =
        SchemaPrinter.Options.defaultOptions()
            .includeDirectives(false)
            .includeScalarTypes(true)
            .includeSchemaDefinition(true);
    return new SchemaPrinter(options).print(schema);
  }

  void register(@Observes Router router) {
    router.route(GraphqlRoute.PATH + "/schema.graphql").order(ORDER).handler(this::serve);
  }

  private void serve(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      context.response().putHeader("Content-Type", "text/plain; charset=UTF-8");
      var unused = context.response().end(text());
    } else {
      context.fail(405);
    }
  }
}
