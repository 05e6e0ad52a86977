package fr.opendamir.store;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.port.BlockSums;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** The blocks of an import as earlier versions stored them, one row per block. */
final class StoredBlocks {
  private final ImportStatements statements;
  private final String table;

  StoredBlocks(ImportStatements statements, long importId) {
    this.statements = statements;
    this.table = "figures.block_" + importId;
  }

  /** Drops the rows; part of the transaction that publishes what replaces them. */
  void drop() throws SQLException {
    statements.execute("DROP TABLE IF EXISTS " + table);
  }

  /** Writes the blocks with all levels of their codes; returns what the rows add up to. */
  BlockSums write(Path csv) throws SQLException {
    String sql =
        "COPY (SELECT %s FROM %s b%s) TO STDOUT (FORMAT csv)"
            .formatted(
                Stream.of(
                        Stream.of("b.month"),
                        Grouping.possibleLevels().stream().map(StoredBlocks::code),
                        Arrays.stream(SourceMeasure.values()).map(m -> "b." + m.id()))
                    .flatMap(columns -> columns)
                    .collect(joining(", ")),
                table,
                Grouping.possibleLevels().stream()
                    .filter(level -> !level.isFinest())
                    .map(StoredBlocks::join)
                    .collect(joining()));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(csv))) {
      var unused =
          statements.connection().unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
    } catch (IOException e) {
      throw new UncheckedIOException("the blocks cannot be written to the temporary folder", e);
    }
    return sums();
  }

  private static String code(Level level) {
    return level.isFinest() ? "b." + level.id() : level.id() + ".parent";
  }

  private static String join(Level level) {
    return " LEFT JOIN figures.code_level %1$s ON %1$s.level = '%1$s' AND %1$s.code = b.%2$s"
        .formatted(level.id(), level.dimension().id());
  }

  private BlockSums sums() throws SQLException {
    String sums =
        Arrays.stream(SourceMeasure.values())
            .map(m -> "coalesce(sum(%1$s), 0)::bigint AS %1$s".formatted(m.id()))
            .collect(joining(", "));
    return statements
        .query(
            "SELECT count(*) AS blocks, %s FROM %s".formatted(sums, table),
            row -> {
              Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
              for (SourceMeasure measure : SourceMeasure.values()) {
                totals.put(measure, row.getLong(measure.id()));
              }
              return new BlockSums(row.getLong("blocks"), totals);
            })
        .get(0);
  }
}
