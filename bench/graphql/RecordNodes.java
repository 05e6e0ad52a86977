import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds out which statements the service runs for a selection, once it has answered it before.
 *
 * <p>Arguments: port of the service, port of the database, log in JSON, selection, nodes expected,
 * file to write.
 */
final class RecordNodes {
  private static final int QUESTIONS = 3;

  private RecordNodes() {}

  public static void main(String[] arguments) throws Exception {
    UncachedQuestion question = new UncachedQuestion(arguments[3]);
    int nodes = Integer.parseInt(arguments[4]);
    List<List<CoveredQuestion.Statement>> statements;
    try (HttpConnection service = new HttpConnection(Integer.parseInt(arguments[0]));
        StatementLog log =
            new StatementLog(Integer.parseInt(arguments[1]), Path.of(arguments[2]))) {
      for (int number = 0; number < QUESTIONS; number++) {
        log.mark();
        UncachedQuestion.check(question.ask(service, number), nodes);
      }
      statements = log.statements();
    }
    List<CoveredQuestion.Statement> last = statements.get(QUESTIONS - 1);
    if (last.isEmpty()) {
      throw new IOException("no statement was run: the answer was cached");
    }
    new ObjectMapper().writeValue(Path.of(arguments[5]).toFile(), last);
    Latencies.report("statements an answer: %d", last.size());
  }
}
