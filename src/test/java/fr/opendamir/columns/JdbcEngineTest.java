package fr.opendamir.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.QueryConfig;
import fr.opendamir.query.QuestionPlan;
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

/** A driver that is loaded from its own jar, of an engine that cannot be reached. */
class JdbcEngineTest {
  private static final String DRIVER =
      """
      package away;

      import java.sql.*;
      import java.util.Properties;

      public class AwayDriver implements Driver {
        public Connection connect(String url, Properties properties) throws SQLException {
          if (!acceptsURL(url)) {
            return null;
          }
          throw new SQLException("refused by " + url);
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

  @Test
  void theEngineIsUnavailableAndNotTheDatabase() throws IOException {
    ColumnsConfig config = config("jdbc:away://coordinator:8080");
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
      assertThatThrownBy(() -> figures.run(question).await().atMost(Duration.ofSeconds(30)))
          .isInstanceOfSatisfying(
              DataUnavailableException.class,
              e -> {
                assertThat(e.part()).isEqualTo(DataUnavailableException.Part.ENGINE);
                assertThat(e).hasRootCauseMessage("refused by jdbc:away://coordinator:8080");
              });
    } finally {
      figures.stop(null);
      store.stop(null);
    }
  }
}
