import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which statements the service runs for covered questions, whatever plan it chooses: asks
 * them while the server logs all statements, with a marker of our own before each, and reads the
 * log.
 *
 * <p>Runs against a service of its own, which is stopped before anything is measured: afterwards no
 * answer is cached, and the server that is measured logs nothing.
 *
 * <p>Arguments: port of the service, port of the database, log in JSON, questions of each shape,
 * seconds at most, file to write.
 */
final class RecordStatements {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READER = "opendamir_reader";
  private static final String MARKER = "bench question ";
  private static final Pattern EXECUTION = Pattern.compile("execute [^:]*: (.*)", Pattern.DOTALL);
  private static final Pattern PARAMETER =
      Pattern.compile("\\$\\d+ = (?:NULL|'((?:[^']|'')*)')", Pattern.DOTALL);
  private static final long LOG_LIMIT_MILLIS = 10_000;

  private RecordStatements() {}

  public static void main(String[] arguments) throws Exception {
    int variations = Integer.parseInt(arguments[3]);
    long end = System.nanoTime() + (long) (Double.parseDouble(arguments[4]) * 1e9);
    List<CoveredQuestion> asked = new ArrayList<>();
    Vertx vertx = Vertx.vertx();
    try (HttpConnection service = new HttpConnection(Integer.parseInt(arguments[0]))) {
      PgConnectOptions database =
          new PgConnectOptions()
              .setHost("localhost")
              .setPort(Integer.parseInt(arguments[1]))
              .setDatabase("opendamir")
              .setUser("postgres");
      PgConnection marks = await(PgConnection.connect(vertx, database));
      for (int number = 0; number < variations; number++) {
        for (String shape : CoveredQuestion.SHAPES) {
          if (System.nanoTime() < end) {
            String path = CoveredQuestion.path(shape, number);
            await(marks.query("SELECT '" + MARKER + asked.size() + "'").execute());
            service.require(path);
            asked.add(new CoveredQuestion(shape, path, new ArrayList<>()));
          }
        }
      }
      await(marks.query("SELECT '" + MARKER + asked.size() + "'").execute());
    } finally {
      await(vertx.close());
    }
    attach(Path.of(arguments[2]), asked);
    List<CoveredQuestion> known = asked.stream().filter(q -> !q.statements().isEmpty()).toList();
    JSON.writeValue(Path.of(arguments[5]).toFile(), known);
    Latencies.report(
        "%d questions of %d shapes recorded, %d of them without a statement",
        asked.size(), CoveredQuestion.SHAPES.size(), asked.size() - known.size());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** What the reading role executed between one marker and the next belongs to the question. */
  private static void attach(Path log, List<CoveredQuestion> asked) throws Exception {
    int current = -1;
    for (JsonNode entry : entries(log, asked.size())) {
      String message = entry.path("message").asText();
      Matcher execution = EXECUTION.matcher(message);
      if (message.contains(MARKER)) {
        current = markerNumber(message);
      } else if (current >= 0
          && current < asked.size()
          && entry.path("user").asText().equals(READER)
          && execution.matches()) {
        asked
            .get(current)
            .statements()
            .add(
                new CoveredQuestion.Statement(
                    execution.group(1), parameters(entry.path("detail").asText())));
      }
    }
  }

  private static int markerNumber(String message) {
    return Integer.parseInt(message.replaceFirst("(?s).*" + MARKER + "(\\d+).*", "$1"));
  }

  /** The server's log writer is a process of its own and may lag behind. */
  private static List<JsonNode> entries(Path log, int lastMarker)
      throws IOException, InterruptedException {
    long deadline = System.currentTimeMillis() + LOG_LIMIT_MILLIS;
    while (!Files.readString(log).contains(MARKER + lastMarker + "'")) {
      if (System.currentTimeMillis() > deadline) {
        throw new IOException("the server's log lacks the last question");
      }
      Thread.sleep(100);
    }
    List<JsonNode> entries = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      entries.add(JSON.readTree(line));
    }
    return entries;
  }

  private static List<String> parameters(String detail) {
    List<String> values = new ArrayList<>();
    Matcher parameter = PARAMETER.matcher(detail);
    while (parameter.find()) {
      String value = parameter.group(1);
      values.add(value == null ? null : value.replace("''", "'"));
    }
    return values;
  }
}
