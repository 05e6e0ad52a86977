package fr.opendamir.distributed;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Answers of Trino against answers of DuckDB, with the times of both: {@code Proof <folder>
 * <questions> <rounds> [name=value...]}. Then a worker is killed while it answers, and another one
 * stopped. Ends with an error if an answer differs. Without rounds, only the loss of a worker is
 * tried; {@code serve} instead of their number starts a cluster for others.
 */
final class Proof {
  private static final int PORT = 33_500;

  private Proof() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Path questions = Path.of(arguments[1]);
    List<String> settings = Arrays.stream(arguments).skip(3).toList();
    boolean isForOthers = arguments[2].equals("serve");
    int rounds = isForOthers ? 0 : Integer.parseInt(arguments[2]);
    int different = 0;
    try (Cluster cluster = new Cluster(PORT, folder, "800m", settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
      cluster.createTable();
      if (isForOthers) {
        System.out.println("ready on port " + PORT);
        Thread.currentThread().join();
      }
      if (rounds > 0) {
        different = compare(cluster, folder, questions, rounds);
      }
      new Outage(cluster).report();
    }
    System.exit(different == 0 ? 0 : 1);
  }

  private static int compare(Cluster cluster, Path folder, Path questions, int rounds)
      throws Exception {
    List<RecordedQuestion> ofTrino = RecordedQuestion.read(questions, "trino");
    List<RecordedQuestion> ofDuckDb = RecordedQuestion.read(questions, "duckdb");
    int different = 0;
    double trinoMillis = 0;
    double duckDbMillis = 0;
    try (Connection trino = cluster.connect();
        Connection duckDb = duckDb(folder)) {
      for (int i = 0; i < ofTrino.size(); i++) {
        Timed local = run(ofDuckDb.get(i), duckDb, rounds);
        Timed distributed = run(ofTrino.get(i), trino, rounds);
        boolean isEqual = local.rows().equals(distributed.rows());
        different += isEqual ? 0 : 1;
        trinoMillis += distributed.millis();
        duckDbMillis += local.millis();
        System.out.printf(
            "%s %s, %d rows, duckdb %.0f ms, trino %.0f ms: %s%n",
            ofTrino.get(i).number(),
            isEqual ? "equal" : "DIFFERENT",
            local.rows().size(),
            local.millis(),
            distributed.millis(),
            ofTrino.get(i).title());
        if (!isEqual) {
          printDifferences(local.rows(), distributed.rows());
        }
      }
    }
    System.out.printf(
        "%d questions, %d different; duckdb %.0f ms, trino %.0f ms, ratio %.1f%n",
        ofTrino.size(), different, duckDbMillis, trinoMillis, trinoMillis / duckDbMillis);
    return different;
  }

  /** DuckDB with the settings of the service. */
  private static Connection duckDb(Path folder) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '256MiB'");
      statement.execute("SET threads = 2");
      statement.execute("SET preserve_insertion_order = false");
      statement.execute("SET parquet_metadata_cache = true");
      statement.execute("SET file_search_path = '" + folder + "'");
    }
    return connection;
  }

  private static Timed run(RecordedQuestion question, Connection connection, int rounds)
      throws SQLException {
    List<Timed> runs = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      List<List<String>> rows = question.rows(connection);
      runs.add(new Timed(rows, (System.nanoTime() - begin) / 1e6));
    }
    return runs.stream().min(Comparator.comparingDouble(Timed::millis)).orElseThrow();
  }

  private static void printDifferences(List<List<String>> local, List<List<String>> distributed) {
    for (int i = 0, shown = 0; i < Math.max(local.size(), distributed.size()) && shown < 3; i++) {
      List<String> one = i < local.size() ? local.get(i) : List.of();
      List<String> other = i < distributed.size() ? distributed.get(i) : List.of();
      if (!one.equals(other)) {
        System.out.printf("   duckdb %s%n   trino  %s%n", one, other);
        shown++;
      }
    }
  }

  /** The rows of an answer and the time of the fastest run. */
  private record Timed(List<List<String>> rows, double millis) {}
}
