import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a service holds: connections to the database, questions, MiB of memory, descriptors. */
record Held(
    int connections,
    int active,
    int inWork,
    int waiting,
    double heap,
    double resident,
    int open) {
  /**
   * Measures after a garbage collection.
   *
   * @param process the id of the process of the service
   */
  static Held by(String process, int managementPort, int databasePort, Vertx vertx)
      throws Exception {
    Process collection = new ProcessBuilder("jcmd", process, "GC.run").redirectErrorStream(true).start();
    collection.getInputStream().readAllBytes();
    collection.waitFor();
    String metrics;
    try (HttpConnection management = new HttpConnection(managementPort)) {
      metrics = management.require("/q/metrics").text();
    }
    int open;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", process, "fd"))) {
      open = (int) descriptors.count();
    }
    double resident = 0;
    for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
      if (line.startsWith("VmRSS")) {
        resident = Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    int[] connections = connections(databasePort, vertx);
    return new Held(
        connections[0],
        connections[1],
        (int) gauge(metrics, "in_work"),
        (int) gauge(metrics, "waiting"),
        heap(metrics),
        resident,
        open);
  }

  private static int[] connections(int databasePort, Vertx vertx) throws Exception {
    PgConnectOptions database =
        PgConnectOptions.fromEnv() // the owner's password
            .setHost("localhost")
            .setPort(databasePort)
            .setDatabase("opendamir")
            .setUser("postgres");
    PgConnection connection =
        PgConnection.connect(vertx, database).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    try {
      var rows =
          connection
              .query(
                  "SELECT count(*), count(*) FILTER (WHERE state <> 'idle' AND usename ="
                      + " 'opendamir_reader') FROM pg_stat_activity WHERE usename LIKE 'opendamir%'")
              .execute()
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      var row = rows.iterator().next();
      return new int[] {row.getInteger(0), row.getInteger(1)};
    } finally {
      connection.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  /** A metric of questions. */
  static double gauge(String metrics, String name) {
    Matcher line =
        Pattern.compile("(?m)^opendamir_database_questions_" + name + "(?:\\{.*})? (\\S+)$")
            .matcher(metrics);
    if (!line.find()) {
      throw new IllegalStateException("no gauge " + name);
    }
    return Double.parseDouble(line.group(1));
  }

  private static double heap(String metrics) {
    Matcher line =
        Pattern.compile("(?m)^jvm_memory_used_bytes\\{.*area=\"heap\".*} (\\S+)$").matcher(metrics);
    double bytes = 0;
    while (line.find()) {
      bytes += Double.parseDouble(line.group(1));
    }
    return bytes / (1 << 20);
  }

  void show(String when) {
    Latencies.report(
        "%-10s %12d %8d %8d %8d %11.0f MB %7.0f MB %12d",
        when,
        connections(),
        active(),
        inWork(),
        waiting(),
        heap(),
        resident(),
        open());
  }
}
