/**
 * A large selection through a service without a cache, against the same rows as CSV by REST, which is the same scan with
 * the least to write: one of each in turn, so that both see the same machine, and the difference of each turn.
 *
 * <p>Arguments: port of the service, selection, nodes expected, path of the rows, seconds to warm up, questions at most,
 * seconds at most.
 */
final class UncachedNodes {
  private static final double TARGET_MILLIS = 150;

  private UncachedNodes() {}

  public static void main(String[] arguments) throws Exception {
    UncachedQuestion question = new UncachedQuestion(arguments[1]);
    int nodes = Integer.parseInt(arguments[2]);
    String rows = arguments[3];
    int questions = Integer.parseInt(arguments[5]);
    Latencies graphql = new Latencies();
    Latencies csv = new Latencies();
    Latencies beyond = new Latencies();
    int bytes = 0;
    try (HttpConnection service = new HttpConnection(Integer.parseInt(arguments[0]))) {
      int number = 0;
      for (long end = end(arguments[4]); System.nanoTime() < end; ) {
        question.ask(service, number++);
        requireRows(service.require(rows), nodes);
      }
      long end = end(arguments[6]);
      for (int i = 0; i < questions && System.nanoTime() < end; i++) {
        // The second of two finds the processor's caches warm: take turns.
        boolean csvFirst = i % 2 == 1;
        double ofCsv = csvFirst ? service.get(rows).millis() : 0;
        HttpConnection.Answer answer = question.ask(service, number++);
        if (!csvFirst) {
          ofCsv = service.get(rows).millis();
        }
        UncachedQuestion.check(answer, nodes);
        bytes = answer.body().length;
        graphql.add(answer.millis());
        csv.add(ofCsv);
        beyond.add(answer.millis() - ofCsv);
      }
    }
    Latencies.report("POST %s", question.selection());
    Latencies.report("GET %s", rows);
    Latencies.report(
        "%d answers of %,d nodes, %.2f MB, each of another text", graphql.count(), nodes, bytes / 1e6);
    Latencies.report("%-16s %9s %9s %9s", "", "p50", "p95", "longest");
    report("graphql", graphql);
    report("csv", csv);
    report("beyond csv", beyond);
    Latencies.report(
        "target p50 beyond csv < %.0f ms: %s",
        TARGET_MILLIS, Latencies.met(beyond.p50() < TARGET_MILLIS));
  }

  /** Fails unless there are a header and that many rows. */
  private static void requireRows(HttpConnection.Answer answer, int rows) {
    long lines = answer.text().lines().count();
    if (lines != rows + 1) {
      throw new IllegalStateException(lines + " lines instead of a header and " + rows);
    }
  }

  private static long end(String seconds) {
    return System.nanoTime() + (long) (Double.parseDouble(seconds) * 1e9);
  }

  private static void report(String name, Latencies latencies) {
    Latencies.report(
        "%-16s %9.1f %9.1f %9.1f", name, latencies.p50(), latencies.p95(), latencies.max());
  }
}
