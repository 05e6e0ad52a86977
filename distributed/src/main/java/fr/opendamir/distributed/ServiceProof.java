package fr.opendamir.distributed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Two running services on one database, one with DuckDB inside, one with Trino beside it: {@code
 * ServiceProof <jar> <database folder> <work folder> [name=value...]}. Both are asked the same
 * random questions over HTTP, and the bytes of their answers compared; then a worker is killed
 * while it answers. Ends with an error if an answer differs.
 */
final class ServiceProof {
  private static final int PORT = 33_500;
  private static final int LOST = 2;
  private static final int QUESTIONS = 20;

  /** Not after the statement has been given up, so that slow machines can prove it too. */
  private static final Map<String, String> PATIENT =
      Map.of(
          "opendamir.query.statement-timeout-seconds", "180",
          "opendamir.http.request-timeout", "400s",
          "quarkus.shutdown.timeout", "400s");

  /** Many groups, so that both workers hold a part of the answer until the end. */
  private static final String SLOW =
      "/v1/aggregates?group_by=region,age_band,service,provider_specialty"
          + "&measures=charged&sort=-charged&totals=rollup&limit=10&having=charged:ge:-";

  private final Path jar;
  private final Path database;
  private final Path work;

  private ServiceProof(Path jar, Path database, Path work) {
    this.jar = jar;
    this.database = database;
    this.work = work;
  }

  public static void main(String[] arguments) throws Exception {
    ServiceProof proof =
        new ServiceProof(
            Path.of(arguments[0]).toAbsolutePath(),
            Path.of(arguments[1]).toAbsolutePath(),
            Path.of(arguments[2]).toAbsolutePath());
    List<String> settings = Arrays.stream(arguments).skip(3).toList();
    System.exit(proof.run(settings) == 0 ? 0 : 1);
  }

  /** Returns the number of answers that differ. */
  private int run(List<String> settings) throws Exception {
    Files.createDirectories(work);
    try (RunningService inside =
        RunningService.start(jar, work.resolve("inside.log"), inside(), Map.of())) {
      inside.awaitReleases();
      layOut();
      try (Cluster cluster = new Cluster(PORT, work, "800m", settings)) {
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        cluster.createTable();
        int different;
        try (RunningService beside = beside("patient", PATIENT)) {
          different = compare(inside, beside);
        }
        try (RunningService beside = beside("usual", Map.of())) {
          lose(cluster, beside);
        }
        return different;
      }
    }
  }

  private Map<String, String> inside() {
    return Map.of("opendamir.database.folder", database.toString());
  }

  private RunningService beside(String name, Map<String, String> settings) throws Exception {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "opendamir.database.url",
                databaseUrl(),
                "opendamir.database.username",
                "postgres",
                "opendamir.columns.engine",
                "jdbc",
                "opendamir.columns.jdbc.url",
                "jdbc:trino://127.0.0.1:"
                    + PORT
                    + "/figures/opendamir?user=opendamir&explicitPrepare=false",
                "opendamir.columns.jdbc.driver",
                driver(),
                "opendamir.columns.jdbc.table",
                "block"));
    all.putAll(settings);
    RunningService service =
        RunningService.start(
            jar,
            work.resolve("beside-" + name + ".log"),
            all,
            Map.of("OPENDAMIR_DATABASE_PASSWORD", password()));
    service.awaitReleases();
    return service;
  }

  private static String driver() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.contains("trino-jdbc"))
        .findFirst()
        .orElseThrow();
  }

  private String databaseUrl() throws IOException {
    List<String> server = Files.readAllLines(database.resolve("postgres/postmaster.pid"));
    return "jdbc:postgresql://localhost:" + server.get(3) + "/opendamir";
  }

  /** The owner's, which the folder of the embedded database keeps. */
  private String password() throws IOException {
    String entry = Files.readAllLines(database.resolve("postgres/opendamir.pgpass")).get(0);
    return entry.substring(entry.lastIndexOf(':') + 1);
  }

  /** Lays out the segments of blocks as the table of the engine reads them. */
  private void layOut() throws IOException, SQLException {
    try (Connection connection =
            DriverManager.getConnection(databaseUrl(), "postgres", password());
        Statement statement = connection.createStatement();
        ResultSet segment =
            statement.executeQuery(
                "SELECT import_id, sha256 FROM figures.segment WHERE levels = 'blocks'")) {
      while (segment.next()) {
        String name = segment.getString(2) + ".parquet";
        Path folder =
            Files.createDirectories(work.resolve("block/import_id=" + segment.getLong(1)));
        Files.copy(
            database.resolve("segments").resolve(name),
            folder.resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Questions that rollups answer, and those that are refused, are drawn again. */
  private static int compare(RunningService inside, RunningService beside) {
    QuestionDraw draw = new QuestionDraw(1);
    int asked = 0;
    int different = 0;
    long insideMillis = 0;
    long besideMillis = 0;
    while (asked < QUESTIONS) {
      String path = "/v1/aggregates?limit=1000&" + draw.next();
      RunningService.Reply plan = beside.ask(path + "&dry_run=true").join();
      if (!plan.body().contains("\"engine\":\"columns\"")) {
        continue;
      }
      asked++;
      RunningService.Reply local = inside.ask(path).join();
      RunningService.Reply distributed = beside.ask(path).join();
      boolean isEqual = local.status() == 200 && local.body().equals(distributed.body());
      different += isEqual ? 0 : 1;
      insideMillis += local.millis();
      besideMillis += distributed.millis();
      System.out.printf(
          "%d %s: duckdb %s | trino %s | %s%n",
          asked, isEqual ? "equal" : "DIFFERENT", local.told(), distributed.told(), path);
    }
    System.out.printf(
        "%d questions, %d different; duckdb %d ms, trino %d ms%n",
        asked, different, insideMillis, besideMillis);
    return different;
  }

  /** What clients of the service get when a worker is killed in the middle of their question. */
  private static void lose(Cluster cluster, RunningService service) throws Exception {
    System.out.println("undisturbed: " + service.ask(SLOW + 1).join().told());
    RunningService.Reply usual = service.ask(SLOW + 2).join();
    System.out.println("undisturbed: " + usual.told());
    CompletableFuture<RunningService.Reply> asked = service.ask(SLOW + 3);
    TimeUnit.MILLISECONDS.sleep(usual.millis() / 2);
    if (asked.isDone()) {
      System.out.println("the answer came before");
    }
    cluster.kill(LOST);
    System.out.println("killed, asked before: " + asked.join().told());
    for (int i = 4; i <= 6; i++) {
      System.out.println("killed, asked after: " + service.ask(SLOW + i).join().told());
    }
    cluster.replace(LOST);
    System.out.println("replaced: " + service.ask(SLOW + 7).join().told());
  }
}
