package fr.opendamir.store;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.port.LoadColumns;
import fr.opendamir.ingest.port.LoadedImport;
import fr.opendamir.ingest.port.LoadedRollups;
import fr.opendamir.ingest.port.LoadedSegment;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.SourceDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * Loads the blocks of one import, its segment and its rollups into tables where no reader sees
 * them.
 */
final class BlockLoading {
  private final ImportStatements statements;
  private final Catalog catalog;
  private final SegmentLoading segments;
  private final RollupLoading rollups;

  BlockLoading(
      ImportStatements statements,
      Catalog catalog,
      SegmentLoading segments,
      RollupLoading rollups) {
    this.statements = statements;
    this.catalog = catalog;
    this.segments = segments;
    this.rollups = rollups;
  }

  /** Returns the id of the import; a failure leaves it to be cleaned up. */
  long load(LoadedImport month, Path blocks, LoadedSegment segment, LoadedRollups loaded) {
    long id = statements.inTransaction(() -> insertImport(month));
    return statements.inTransaction(
        () -> {
          String table = ImportStatements.table(id);
          statements.execute("CREATE TABLE " + table + " (LIKE figures.block)");
          statements.execute("ALTER TABLE %s ALTER import_id SET DEFAULT %d".formatted(table, id));
          statements.execute(
              "ALTER TABLE %s ALTER month SET DEFAULT '%s'"
                  .formatted(table, month.source().month()));
          copy(table, blocks);
          statements.execute("ALTER TABLE %s ADD CHECK (import_id = %d)".formatted(table, id));
          statements.execute(
              "ALTER TABLE %s ADD CHECK (contributors >= %d)".formatted(table, month.threshold()));
          addLevels(table);
          segments.load(id, segment);
          rollups.load(id, month.source().month().toString(), loaded);
          insertKeyedDigest(id, month.digest());
          insertTotals(id, table);
          insertLosses(id, month);
          statements.setStatus(id, "loaded");
          return id;
        });
  }

  private long insertImport(LoadedImport month) throws SQLException {
    return statements
        .ids(
            """
            -- name: a new import
            INSERT INTO control.import (month, file_name, file_bytes, sha256, policy_id, synthetic,
              accepted_loss, status, lines, short_lines, atoms, blocks, smallest_block, revises)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'loading', ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            month.source().month().toString(),
            month.fileName(),
            month.fileBytes(),
            month.digest().sha256().orElse(null),
            month.policyId(),
            month.synthetic(),
            month.acceptedLoss(),
            month.source().lines(),
            month.source().shortLines(),
            month.source().atoms(),
            month.protection().blocks(),
            month.protection().smallestBlock(),
            month.revises())
        .get(0);
  }

  private void insertKeyedDigest(long id, SourceDigest digest) throws SQLException {
    if (!digest.isPublic()) {
      statements.update(
          "INSERT INTO control.import_keyed_digest (import_id, digest) VALUES (?, ?)",
          id,
          digest.hex());
    }
  }

  private void copy(String table, Path blocks) throws SQLException {
    String sql =
        "COPY %s (%s) FROM STDIN (FORMAT csv)"
            .formatted(table, String.join(", ", LoadColumns.blocks()));
    try (InputStream in = Files.newInputStream(blocks)) {
      var unused =
          statements.connection().unwrap(PGConnection.class).getCopyAPI().copyIn(sql, in, 1 << 18);
    } catch (IOException e) {
      throw new UncheckedIOException("the blocks cannot be read back from the temporary folder", e);
    }
  }

  /** Makes sure that the coarser levels of every code of the new blocks are known. */
  private void addLevels(String table) throws SQLException {
    for (Dimension dimension : DisclosurePolicy.blockDimensions()) {
      for (Level level : Level.coarserOf(dimension)) {
        addParents(table, dimension.id(), level);
      }
    }
  }

  private void addParents(String table, String dimension, Level level) throws SQLException {
    List<String> codes =
        statements.texts(
            "SELECT DISTINCT %s FROM %s EXCEPT SELECT code FROM figures.code_level WHERE level = ?"
                .formatted(dimension, table),
            level.id());
    List<String> parents = codes.stream().map(code -> catalog.coarser(level, code)).toList();
    statements.update(
        """
        -- name: the codes of a coarser level that new codes lie in
        INSERT INTO figures.code_level (dimension, code, level, parent)
        SELECT ?, code, ?, parent FROM unnest(?::text[], ?::text[]) AS found(code, parent)
        """,
        dimension,
        level.id(),
        statements.connection().createArrayOf("text", codes.toArray()),
        statements.connection().createArrayOf("text", parents.toArray()));
  }

  private void insertTotals(long id, String table) throws SQLException {
    for (SourceMeasure measure : SourceMeasure.values()) {
      statements.update(
          "INSERT INTO control.import_total SELECT ?, ?, coalesce(sum(%s), 0) FROM %s"
              .formatted(measure.id(), table),
          id,
          measure.id());
    }
  }

  private void insertLosses(long id, LoadedImport month) throws SQLException {
    List<String> measures = ProtectionSummary.MEASURES.stream().map(SourceMeasure::id).toList();
    String sql =
        "INSERT INTO control.import_loss (import_id, level, %s) VALUES (?, ?%s)"
            .formatted(String.join(", ", measures), ", ?".repeat(measures.size()));
    for (Map.Entry<Level, Map<SourceMeasure, Long>> loss :
        month.protection().notDisclosed().entrySet()) {
      statements.update(
          sql,
          Stream.concat(
                  Stream.of(id, loss.getKey().id()),
                  ProtectionSummary.MEASURES.stream().map(loss.getValue()::get))
              .toArray());
    }
  }
}
