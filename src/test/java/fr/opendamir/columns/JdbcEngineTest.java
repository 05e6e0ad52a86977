package fr.opendamir.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.QueryConfig;
import fr.opendamir.query.QuestionPlan;
import fr.opendamir.query.StreamedQuestion;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A driver that is loaded from its own jar, of an engine that answers no question. */
class JdbcEngineTest {
  private static final String DRIVER =
      """
      package away;

      import java.lang.reflect.Proxy;
      import java.sql.*;
      import java.util.Properties;
      import java.util.concurrent.Callable;

      public class AwayDriver implements Driver {
        public Connection connect(String url, Properties properties) throws SQLException {
          if (!acceptsURL(url)) {
            return null;
          }
          if (url.endsWith("/connects")) {
            throw new SQLException("refused by " + url);
          }
          PreparedStatement statement = answering(PreparedStatement.class, "executeQuery", () -> {
            switch (url.substring(url.lastIndexOf('/') + 1)) {
              case "executes":
                throw new SQLException(
                    "failed", new RuntimeException(new java.net.ConnectException("refused")));
              case "loses":
                throw new SQLException("connection lost", "08006");
              default:
                throw new SQLException("a worker is lost", "XX000");
            }
          });
          return answering(Connection.class, "prepareStatement", () -> statement);
        }

        private static <T> T answering(Class<T> type, String name, Callable<?> answer) {
          return type.cast(
              Proxy.newProxyInstance(
                  AwayDriver.class.getClassLoader(),
                  new Class<?>[] {type},
                  (proxy, method, values) -> method.getName().equals(name) ? answer.call() : null));
        }

        public boolean acceptsURL(String url) { return url.startsWith("jdbc:away:"); }

        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
          return new DriverPropertyInfo[0];
        }

        public int getMajorVersion() { return 1; }

        public int getMinorVersion() { return 0; }

        public boolean jdbcCompliant() { return false; }

        public java.util.logging.Logger getParentLogger() { return null; }
      }
      """;

  @TempDir Path folder;

  private Path jar;

  @BeforeEach
  void compileDriver() throws IOException {
    Path source = Files.writeString(folder.resolve("AwayDriver.java"), DRIVER);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
    assertThat(failed).isZero();
    jar = folder.resolve("away.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      entries.putNextEntry(new JarEntry("away/AwayDriver.class"));
      entries.write(Files.readAllBytes(folder.resolve("away/AwayDriver.class")));
      entries.putNextEntry(new JarEntry("META-INF/services/java.sql.Driver"));
      entries.write("away.AwayDriver".getBytes(StandardCharsets.UTF_8));
    }
  }

  private ColumnsConfig config(String url) {
    return Settings.of(
        ColumnsConfig.class,
        Map.of(
            "opendamir.columns.engine",
            "jdbc",
            "opendamir.columns.jdbc.url",
            url,
            "opendamir.columns.jdbc.driver",
            jar.toString()));
  }

  @Test
  void anAddressOfAnotherDriverIsRefused() {
    try (JdbcEngine engine = new JdbcEngine(config("jdbc:trino://coordinator:8080").jdbc())) {
      assertThatThrownBy(engine::open)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("opendamir.columns.jdbc.url");
    }
  }

  /** An engine that cannot be reached has done nothing that a caller could pay for. */
  @ParameterizedTest
  @CsvSource({"connects, false", "executes, false", "loses, false", "works, true"})
  void theEngineIsUnavailableAndNotTheDatabase(String moment, boolean isAfterWork)
      throws IOException {
    ColumnsConfig config = config("jdbc:away://coordinator:8080/" + moment);
    SegmentStore store =
        new SegmentStore(
            new StoredSegments(),
            Settings.of(
                SegmentsConfig.class,
                Map.of("opendamir.segments.folder", folder.resolve("segments").toString())),
            config,
            new Damages());
    ColumnFigures figures =
        new ColumnFigures(config, store, Settings.of(QueryConfig.class, Map.of()));
    figures.start(null);
    PreparedQuestion question =
        new PreparedQuestion(
            "SELECT 1", List.of(), List.of(), List.of(), new QuestionPlan(List.of()));
    try {
      for (Uni<?> asked :
          List.of(figures.run(question), figures.open(new StreamedQuestion(question, question)))) {
        assertThatThrownBy(() -> asked.await().atMost(Duration.ofSeconds(30)))
            .isInstanceOfSatisfying(
                DataUnavailableException.class,
                e -> {
                  assertThat(e.part()).isEqualTo(DataUnavailableException.Part.ENGINE);
                  assertThat(e).hasCauseInstanceOf(SQLException.class);
                  assertThat(e.isAfterWork()).isEqualTo(isAfterWork);
                });
      }
    } finally {
      figures.stop(null);
      store.stop(null);
    }
  }
}
