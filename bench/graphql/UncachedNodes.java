import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;

/**
 * A large selection through a service without a cache against the very statements it ran for it,
 * alone on one prepared connection with all rows decoded: one of each in turn, so that both see the
 * same machine, and the difference of each turn.
 *
 * <p>Arguments: port of the service, port of the database, selection, nodes expected, recorded
 * statements, seconds to warm up, questions at most, seconds at most.
 */
final class UncachedNodes {
  private static final double TARGET_MILLIS = 150;

  private UncachedNodes() {}

  public static void main(String[] arguments) throws Exception {
    UncachedQuestion question = new UncachedQuestion(arguments[2]);
    int nodes = Integer.parseInt(arguments[3]);
    List<CoveredQuestion.Statement> statements =
        new ObjectMapper().readValue(Path.of(arguments[4]).toFile(), new TypeReference<>() {});
    int questions = Integer.parseInt(arguments[6]);
    Latencies http = new Latencies();
    Latencies database = new Latencies();
    Latencies beyond = new Latencies();
    int bytes = 0;
    try (HttpConnection service = new HttpConnection(Integer.parseInt(arguments[0]));
        PreparedSql sql = new PreparedSql(Integer.parseInt(arguments[1]))) {
      int number = 0;
      for (long end = end(arguments[5]); System.nanoTime() < end; ) {
        question.ask(service, number++);
        sql.millis(statements);
      }
      long end = end(arguments[7]);
      for (int i = 0; i < questions && System.nanoTime() < end; i++) {
        // Whoever comes second finds the processor's caches warm: take turns.
        boolean sqlFirst = i % 2 == 1;
        double ofDatabase = sqlFirst ? sql.millis(statements) : 0;
        HttpConnection.Answer answer = question.ask(service, number++);
        if (!sqlFirst) {
          ofDatabase = sql.millis(statements);
        }
        UncachedQuestion.check(answer, nodes);
        bytes = answer.body().length;
        http.add(answer.millis());
        database.add(ofDatabase);
        beyond.add(answer.millis() - ofDatabase);
      }
    }
    Latencies.report("POST %s", question.selection());
    Latencies.report(
        "%d answers of %,d nodes, %.2f MB, each of another text", http.count(), nodes, bytes / 1e6);
    Latencies.report("%-16s %9s %9s %9s", "", "p50", "p95", "longest");
    report("http", http);
    report("sql alone", database);
    report("http beyond sql", beyond);
    Latencies.report(
        "target p50 beyond sql < %.0f ms: %s",
        TARGET_MILLIS, Latencies.met(beyond.p50() < TARGET_MILLIS));
  }

  private static long end(String seconds) {
    return System.nanoTime() + (long) (Double.parseDouble(seconds) * 1e9);
  }

  private static void report(String name, Latencies latencies) {
    Latencies.report(
        "%-16s %9.1f %9.1f %9.1f", name, latencies.p50(), latencies.p95(), latencies.max());
  }
}
