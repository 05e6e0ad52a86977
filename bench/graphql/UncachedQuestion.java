import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;

/** A selection, asked with another text each time, so that not even the text was read before. */
record UncachedQuestion(String selection) {
  private static final String PATH = "/graphql";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Asks as the operation of that number. */
  HttpConnection.Answer ask(HttpConnection service, int number) throws IOException {
    String document = "query question" + number + " " + selection;
    String body = JsonNodeFactory.instance.objectNode().put("query", document).toString();
    return service.post(PATH, body);
  }

  /** Fails unless the answer has no errors and that many nodes. */
  static void check(HttpConnection.Answer answer, int nodes) throws IOException {
    String fault = CheckAnswer.fault(JSON.readTree(answer.body()), nodes);
    if (fault != null) {
      throw new IOException(fault);
    }
  }
}
