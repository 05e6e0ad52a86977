import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out which statements the service runs for covered questions.
 *
 * <p>Arguments: port of the service, port of the database, log in JSON, questions of each shape,
 * seconds at most, file to write.
 */
final class RecordStatements {
  private RecordStatements() {}

  public static void main(String[] arguments) throws Exception {
    int variations = Integer.parseInt(arguments[3]);
    long end = System.nanoTime() + (long) (Double.parseDouble(arguments[4]) * 1e9);
    List<CoveredQuestion> asked = new ArrayList<>();
    try (HttpConnection service = new HttpConnection(Integer.parseInt(arguments[0]));
        StatementLog log =
            new StatementLog(Integer.parseInt(arguments[1]), Path.of(arguments[2]))) {
      for (int number = 0; number < variations; number++) {
        for (String shape : CoveredQuestion.SHAPES) {
          if (System.nanoTime() < end) {
            String path = CoveredQuestion.path(shape, number);
            log.mark();
            service.require(path);
            asked.add(new CoveredQuestion(shape, path, new ArrayList<>()));
          }
        }
      }
      List<List<CoveredQuestion.Statement>> statements = log.statements();
      for (int i = 0; i < asked.size(); i++) {
        asked.get(i).statements().addAll(statements.get(i));
      }
    }
    List<CoveredQuestion> known = asked.stream().filter(q -> !q.statements().isEmpty()).toList();
    new ObjectMapper().writeValue(Path.of(arguments[5]).toFile(), known);
    Latencies.report(
        "%d questions of %d shapes recorded, %d of them without a statement",
        asked.size(), CoveredQuestion.SHAPES.size(), asked.size() - known.size());
  }
}
