import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Fails unless an answer has the nodes that were asked for, no errors, and the data of another
 * answer if one is given.
 *
 * <p>Arguments: file of the answer, number of nodes, file of the other answer or nothing.
 */
final class CheckAnswer {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private CheckAnswer() {}

  public static void main(String[] arguments) throws IOException {
    JsonNode answer = JSON.readTree(Path.of(arguments[0]).toFile());
    String fault = fault(answer, Integer.parseInt(arguments[1]));
    if (fault == null && arguments.length > 2) {
      JsonNode other = JSON.readTree(Path.of(arguments[2]).toFile());
      if (!answer.path("data").equals(CheckAnswer::compareFigures, other.path("data"))) {
        fault = "other data than in " + arguments[2];
      }
    }
    if (fault != null) {
      System.err.println(arguments[0] + ": " + fault);
      System.exit(1);
    }
  }

  /** What is wrong with an answer, or null. */
  static String fault(JsonNode answer, int nodes) {
    if (answer.has("errors")) {
      return answer.path("errors").toString();
    }
    int found = answer.path("data").path("spending").path("nodes").size();
    return found == nodes ? null : found + " nodes instead of " + nodes;
  }

  /** The same figure may be written 100 or 100.00. */
  private static int compareFigures(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue());
    }
    return a.equals(b) ? 0 : 1;
  }
}
