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
 * Tells which statements the service runs for a question, whatever plan it chooses, from the log of
 * a server that logs all statements: a marker of our own before each question divides them.
 *
 * <p>Belongs to a service that is stopped before anything is measured: afterwards no answer is
 * cached, and the server that is measured logs nothing.
 */
final class StatementLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READER = "opendamir_reader";
  private static final String MARKER = "bench question ";

  /** What goes on fetching from a cursor is not another execution. */
  private static final Pattern EXECUTION =
      Pattern.compile("execute (?!fetch from )[^:]*: (.*)", Pattern.DOTALL);

  private static final Pattern PARAMETER =
      Pattern.compile("\\$\\d+ = (?:NULL|'((?:[^']|'')*)')", Pattern.DOTALL);
  private static final long LOG_LIMIT_MILLIS = 10_000;

  private final Path log;
  private final Vertx vertx = Vertx.vertx();
  private final PgConnection connection;
  private int marks;

  /**
   * Connects.
   *
   * @param port of the database
   * @param log in JSON
   */
  StatementLog(int port, Path log) throws Exception {
    this.log = log;
    PgConnectOptions database =
        PgConnectOptions.fromEnv() // the password
            .setHost("localhost")
            .setPort(port)
            .setDatabase("opendamir")
            .setUser("postgres");
    connection = await(PgConnection.connect(vertx, database));
  }

  /** What is executed from now on, until the next mark, belongs to the next question. */
  void mark() throws Exception {
    await(connection.query("SELECT '" + MARKER + marks++ + "'").execute());
  }

  /** What the reading role executed after each mark, up to the next; closes the last question. */
  List<List<CoveredQuestion.Statement>> statements() throws Exception {
    int questions = marks;
    mark();
    List<List<CoveredQuestion.Statement>> statements = new ArrayList<>();
    for (int i = 0; i < questions; i++) {
      statements.add(new ArrayList<>());
    }
    int current = -1;
    for (JsonNode entry : entries(questions)) {
      String message = entry.path("message").asText();
      Matcher execution = EXECUTION.matcher(message);
      if (message.contains(MARKER)) {
        current = Integer.parseInt(message.replaceFirst("(?s).*" + MARKER + "(\\d+).*", "$1"));
      } else if (current >= 0
          && current < questions
          && entry.path("user").asText().equals(READER)
          && execution.matches()) {
        statements
            .get(current)
            .add(
                new CoveredQuestion.Statement(
                    execution.group(1), parameters(entry.path("detail").asText())));
      }
    }
    return statements;
  }

  /** The server's log writer is a process of its own and may lag behind. */
  private List<JsonNode> entries(int lastMarker) throws IOException, InterruptedException {
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

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
