package fr.opendamir.distributed;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A worker that is lost in the middle of a question: what the client gets, and after how long. */
final class Outage {
  private static final int LOST = 2;
  private static final long MOST_SECONDS = 120;

  /** Many groups, so that both workers hold a part of the answer until the end. */
  private static final String SLOW =
      """
      SELECT count(*), sum(s) FROM (
        SELECT region, age_band, service, provider_specialty, exemption, month,
               sum(charged) AS s
        FROM block GROUP BY 1, 2, 3, 4, 5, 6) t
      """;

  private final Cluster cluster;

  Outage(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Prints what happens when a worker is killed, and when it only stops to answer. */
  void report() throws Exception {
    System.out.println("undisturbed: " + ask(SLOW).get());
    long usual = ask(SLOW).get().millis();
    lose("killed", usual, () -> cluster.kill(LOST));
    cluster.replace(LOST);
    System.out.println("replaced: " + ask(SLOW).get());
    lose("frozen", usual, () -> cluster.freeze(LOST));
  }

  private void lose(String name, long usual, Loss loss) throws Exception {
    CompletableFuture<Outcome> asked = ask(SLOW);
    TimeUnit.MILLISECONDS.sleep(usual / 2);
    if (asked.isDone()) {
      System.out.println(name + ": the answer came before");
    }
    long lost = System.nanoTime();
    loss.happen();
    System.out.println(name + ", asked before: " + outcome(asked));
    long ended = System.nanoTime();
    System.out.printf("   %d ms after the loss%n", (ended - lost) / 1_000_000);
    for (int i = 1; i <= 3; i++) {
      System.out.println(name + ", asked after: " + outcome(ask(SLOW)));
    }
  }

  private static Object outcome(CompletableFuture<Outcome> asked)
      throws InterruptedException, ExecutionException {
    try {
      return asked.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return "neither answer nor error after " + MOST_SECONDS + " s";
    }
  }

  private CompletableFuture<Outcome> ask(String sql) {
    return CompletableFuture.supplyAsync(
        () -> {
          long begin = System.nanoTime();
          String result;
          try (Connection connection = cluster.connect();
              Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            row.next();
            result = row.getString(1) + " groups, sum " + row.getString(2);
          } catch (SQLException e) {
            result = e.getErrorCode() + " " + e.getMessage();
          }
          return new Outcome((System.nanoTime() - begin) / 1_000_000, result);
        });
  }

  private record Outcome(long millis, String result) {}

  private interface Loss {
    void happen() throws Exception;
  }
}
