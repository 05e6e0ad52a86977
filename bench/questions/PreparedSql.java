import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Statements on one connection, prepared once each, with the client and as the role that the
 * service uses. Times are taken on the connection's own thread and include the decoding of all
 * rows.
 */
final class PreparedSql implements AutoCloseable {
  /** A statement that the server knows, and the types of its parameters. */
  private record Prepared(PreparedStatement statement, List<String> types) {}

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final PgConnection connection;
  private final Map<String, Prepared> prepared = new HashMap<>();

  PreparedSql(int port) throws Exception {
    PgConnectOptions options =
        PgConnectOptions.fromEnv() // the owner's password
            .setHost("localhost")
            .setPort(port)
            .setDatabase("opendamir")
            .setUser("postgres");
    options.getProperties().put("plan_cache_mode", "force_generic_plan"); // as the service does
    connection = onContext(() -> PgConnection.connect(vertx, options));
  }

  /** Runs the statements one after the other and returns the time of all in milliseconds. */
  double millis(List<CoveredQuestion.Statement> statements) throws Exception {
    long nanos = 0;
    for (CoveredQuestion.Statement statement : statements) {
      Prepared known = prepare(statement.sql());
      Tuple tuple = tuple(known.types(), statement.parameters());
      nanos +=
          onContext(
              () -> {
                long start = System.nanoTime();
                return known
                    .statement()
                    .query()
                    .execute(tuple)
                    .map(rows -> System.nanoTime() - start);
              });
    }
    return nanos / 1e6;
  }

  private Prepared prepare(String sql) throws Exception {
    Prepared known = prepared.get(sql);
    if (known == null) {
      PreparedStatement statement = onContext(() -> connection.prepare(sql));
      List<String> types =
          onContext(
              () ->
                  connection
                      .preparedQuery(
                          "SELECT parameter_types::text[] FROM pg_prepared_statements"
                              + " WHERE statement = $1")
                      .execute(Tuple.of(sql))
                      .map(
                          rows -> {
                            Row row = rows.iterator().next();
                            return Arrays.asList(row.getArrayOfStrings(0));
                          }));
      known = new Prepared(statement, types);
      prepared.put(sql, known);
    }
    return known;
  }

  private static Tuple tuple(List<String> types, List<String> values) {
    if (types.size() != values.size()) {
      throw new IllegalStateException(values.size() + " values for " + types);
    }
    Tuple tuple = Tuple.tuple();
    for (int i = 0; i < types.size(); i++) {
      tuple.addValue(values.get(i) == null ? null : value(types.get(i), values.get(i)));
    }
    return tuple;
  }

  /** The log has values as PostgreSQL writes them; the client wants those of Java. */
  private static Object value(String type, String text) {
    return switch (type) {
      case "bigint" -> Long.valueOf(text);
      case "integer" -> Integer.valueOf(text);
      case "smallint" -> Short.valueOf(text);
      case "numeric" -> Numeric.parse(text);
      case "boolean" -> text.equals("t");
      case "text", "character varying", "character" -> text;
      case "bigint[]" -> elements(text).stream().map(Long::valueOf).toArray(Long[]::new);
      case "integer[]" -> elements(text).stream().map(Integer::valueOf).toArray(Integer[]::new);
      case "smallint[]" -> elements(text).stream().map(Short::valueOf).toArray(Short[]::new);
      case "text[]", "character varying[]" -> elements(text).toArray(String[]::new);
      default -> throw new IllegalArgumentException("add the parameter type " + type);
    };
  }

  /** Elements are ids and codes, which hold neither commas nor quotes. */
  private static List<String> elements(String array) {
    String inside = array.substring(1, array.length() - 1).replace("\"", "");
    return inside.isEmpty() ? List.of() : Arrays.asList(inside.split(","));
  }

  /** Something asynchronous, started on the connection's thread. */
  private interface Work<T> {
    Future<T> start();
  }

  private <T> T onContext(Work<T> work) throws Exception {
    Promise<T> promise = Promise.promise();
    context.runOnContext(unused -> work.start().onComplete(promise));
    return promise.future().toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
