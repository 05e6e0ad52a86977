import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Uncached questions through the service against the very statements it ran for them, alone on one
 * prepared connection: one of each in turn, so that both see the same machine.
 *
 * <p>Arguments: port of the service, port of the database, recorded questions, seconds to warm up,
 * seconds at most.
 */
final class CoveredQuestions {
  private static final double RATIO = 1.5;
  private static final double MARGIN_MILLIS = 1;
  private static final int COVERED_ROWS = 10_000;

  /** Warm-up questions are others than those measured, so that these stay uncached. */
  private static final int WARM_UP_NUMBERS = 1_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The times of one shape, and what the service says of it. */
  private record Shape(Latencies http, Latencies sql, long scannedRows, String rollup) {
    boolean isCovered() {
      return scannedRows < 0 || (scannedRows <= COVERED_ROWS && !rollup.equals("null"));
    }

    double bound() {
      return RATIO * sql.p50() + MARGIN_MILLIS;
    }
  }

  private CoveredQuestions() {}

  public static void main(String[] arguments) throws Exception {
    List<CoveredQuestion> questions =
        JSON.readValue(Path.of(arguments[2]).toFile(), new TypeReference<>() {});
    double warmUp = Double.parseDouble(arguments[3]);
    double limit = Double.parseDouble(arguments[4]);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    int measured = 0;
    try (HttpConnection service = new HttpConnection(Integer.parseInt(arguments[0]));
        PreparedSql sql = new PreparedSql(Integer.parseInt(arguments[1]))) {
      for (CoveredQuestion question : questions) {
        if (!shapes.containsKey(question.shape())) {
          shapes.put(question.shape(), shape(service, question.shape()));
        }
      }
      warmUp(service, sql, questions, end(warmUp));
      long end = end(limit);
      for (CoveredQuestion question : questions) {
        if (System.nanoTime() > end) {
          break;
        }
        Shape shape = shapes.get(question.shape());
        // Whoever comes second finds the processor's caches warm: take turns.
        boolean sqlFirst = measured++ / shapes.size() % 2 == 1;
        if (sqlFirst) {
          shape.sql().add(sql.millis(question.statements()));
        }
        shape.http().add(service.require(question.path()).millis());
        if (!sqlFirst) {
          shape.sql().add(sql.millis(question.statements()));
        }
      }
    }
    report(shapes);
  }

  private static long end(double seconds) {
    return System.nanoTime() + (long) (seconds * 1e9);
  }

  private static void warmUp(
      HttpConnection service, PreparedSql sql, List<CoveredQuestion> questions, long end)
      throws Exception {
    for (int i = 0; System.nanoTime() < end; i++) {
      CoveredQuestion question = questions.get(i % questions.size());
      service.require(CoveredQuestion.path(question.shape(), WARM_UP_NUMBERS + i));
      sql.millis(question.statements());
    }
  }

  private static Shape shape(HttpConnection service, String shape) throws IOException {
    HttpConnection.Answer answer =
        service.get(CoveredQuestion.path(shape, WARM_UP_NUMBERS - 1) + "&dry_run=true");
    JsonNode plan = answer.status() == 200 ? JSON.readTree(answer.body()) : null;
    JsonNode rows = plan == null ? null : plan.findValue("scanned_rows");
    JsonNode rollup = plan == null ? null : plan.findValue("rollup");
    return new Shape(
        new Latencies(),
        new Latencies(),
        rows == null ? -1 : rows.asLong(),
        rollup == null ? "null" : rollup.toString());
  }

  private static void report(Map<String, Shape> shapes) {
    Latencies.report(
        "%-20s %5s %10s %9s %9s %7s %9s  %-8s %s",
        "group_by", "asked", "rows", "http p50", "sql p50", "ratio", "bound", "", "rollup");
    shapes.forEach(
        (name, shape) ->
            Latencies.report(
                "%-20s %5d %10s %9.2f %9.2f %7.2f %9.2f  %-8s %s",
                name,
                shape.http().count(),
                shape.scannedRows() < 0 ? "?" : String.valueOf(shape.scannedRows()),
                shape.http().p50(),
                shape.sql().p50(),
                shape.http().p50() / shape.sql().p50(),
                shape.bound(),
                shape.isCovered() ? Latencies.met(shape.http().p50() <= shape.bound()) : "-",
                shape.rollup()));
    List<Shape> covered = shapes.values().stream().filter(Shape::isCovered).toList();
    Latencies.report(
        "target p50 <= %.1f x SQL + %.0f ms where a rollup covers with at most %,d rows: %d of %d"
            + " shapes meet it",
        RATIO,
        MARGIN_MILLIS,
        COVERED_ROWS,
        covered.stream().filter(shape -> shape.http().p50() <= shape.bound()).count(),
        covered.size());
    if (shapes.values().stream().anyMatch(shape -> shape.scannedRows() < 0)) {
      Latencies.report("the service does not tell rows and rollups (no dry_run): all shapes count");
    }
  }
}
