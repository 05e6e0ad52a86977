package fr.opendamir.store;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.port.LoadedImport;
import fr.opendamir.ingest.port.LoadedRollups;
import fr.opendamir.ingest.port.LoadedSegment;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.SourceDigest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loads the segment of one import and its rollups into tables where no reader sees them. */
final class ImportLoading {
  private final ImportStatements statements;
  private final SegmentLoading segments;
  private final RollupLoading rollups;

  ImportLoading(ImportStatements statements, SegmentLoading segments, RollupLoading rollups) {
    this.statements = statements;
    this.segments = segments;
    this.rollups = rollups;
  }

  /** Loads an import and returns its id; after a failure, the next session cleans up. */
  long load(LoadedImport month, LoadedSegment segment, LoadedRollups loaded) {
    long id = statements.inTransaction(() -> insertImport(month));
    return statements.inTransaction(
        () -> {
          segments.load(id, segment);
          for (LoadedSegment larger : loaded.segments()) {
            segments.load(id, larger);
          }
          rollups.load(id, month.source().month().toString(), loaded, segment.sums().totals());
          insertKeyedDigest(id, month.digest());
          insertTotals(id, segment.sums().totals());
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
            month.protection().atoms(),
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

  private void insertTotals(long id, Map<SourceMeasure, Long> totals) throws SQLException {
    for (Map.Entry<SourceMeasure, Long> total : totals.entrySet()) {
      statements.update(
          "INSERT INTO control.import_total VALUES (?, ?, ?)",
          id,
          total.getKey().id(),
          total.getValue());
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
