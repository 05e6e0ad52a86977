package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of the analytical database are told without the figures that its messages quote. */
class DuckDbSessionTest {
  @TempDir Path folder;

  @Test
  void aFailedStatementTellsItsNameAndKindOnly() {
    try (DuckDbSession session = new DuckDbSession(new AggregationSettings(folder, 64L << 20, 1))) {
      session.run("CREATE TABLE atom AS SELECT 'secret 4711' AS charged");

      assertThatThrownBy(
              () -> session.run("-- name: sum up\nSELECT sum(charged::BIGINT) FROM atom"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the import failed at \"-- name: sum up\": Conversion Error")
          .hasNoCause();
    }
  }

  @Test
  void aMessageOfNoKnownKindIsNotRepeated() {
    assertThat(DuckDbSession.kind(new SQLException("4711 acts of one person")))
        .isEqualTo("error of the database");
    assertThat(DuckDbSession.kind(new SQLException("Out of Range Error: overflow of 4711 + 1")))
        .isEqualTo("Out of Range Error");
  }
}
