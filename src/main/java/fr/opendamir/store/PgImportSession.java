package fr.opendamir.store;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.PolicyDocument;
import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.LoadedImport;
import fr.opendamir.ingest.port.LoadedRollups;
import fr.opendamir.ingest.port.LoadedSegment;
import fr.opendamir.ingest.port.PublishedImport;
import fr.opendamir.ingest.port.RollupChoice;
import fr.opendamir.ingest.port.StagedImport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An import session on one connection. */
final class PgImportSession implements ImportSession {
  private final ImportLock lock;
  private final ImportStatements statements;
  private final ImportRecords records;
  private final RollupLoading rollups;
  private final SegmentLoading segments;
  private final ImportLoading loading;
  private final Publication publication;
  private final List<String> cleanedUp;

  /** Begins a session; closes the lock if that fails. */
  PgImportSession(ImportLock lock) throws SQLException {
    this.lock = lock;
    try {
      this.statements = new ImportStatements(lock.connection());
      this.records = new ImportRecords(statements);
      this.rollups = new RollupLoading(statements);
      this.segments = new SegmentLoading(statements);
      this.loading = new ImportLoading(statements, segments, rollups);
      this.publication = new Publication(statements, segments, rollups);
      this.cleanedUp = statements.inTransaction(this::cleanUp);
    } catch (SQLException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public List<String> cleanedUp() {
    return cleanedUp;
  }

  /**
   * Removes unfinished imports. As this session holds the lock, they are of processes that have
   * ended.
   */
  private List<String> cleanUp() throws SQLException {
    List<String> removed = new ArrayList<>();
    for (long id : records.unfinished()) {
      publication.forget(id);
      removed.add("removed what import " + id + ", which did not end, had loaded");
    }
    segments.forgetAbandoned();
    return removed;
  }

  @Override
  public void keepPolicy(PolicyDocument policy) {
    List<String> kept =
        statements.inTransaction(
            () -> {
              statements.update(
                  "INSERT INTO control.policy VALUES (?, ?, ?::jsonb) ON CONFLICT DO NOTHING",
                  policy.id(),
                  policy.sha256(),
                  policy.json());
              return statements.texts(
                  "SELECT sha256 FROM control.policy WHERE id = ?", policy.id());
            });
    if (!kept.contains(policy.sha256())) {
      throw new ImportRefusedException(
          "the disclosure policy "
              + policy.id()
              + " is not the document that imports of this database were made by; a changed policy"
              + " needs a new id");
    }
  }

  @Override
  public Optional<String> policyDocument(String id) {
    return statements
        .inTransaction(
            () ->
                statements.texts(
                    "SELECT document::text FROM control.policy WHERE id = ? AND document IS NOT"
                        + " NULL",
                    id))
        .stream()
        .findFirst();
  }

  @Override
  public List<PublishedImport> published() {
    return statements.inTransaction(records::published);
  }

  @Override
  public List<StagedImport> staged() {
    return statements.inTransaction(records::staged);
  }

  @Override
  public Map<Level, Map<SourceMeasure, Long>> notDisclosed(YearMonth month) {
    return statements.inTransaction(() -> records.notDisclosed(month));
  }

  @Override
  public Optional<RollupChoice> rollupChoice(RollupChoice.Place place) {
    return statements.inTransaction(() -> rollups.choice(place));
  }

  @Override
  public void keepRollupChoice(RollupChoice choice) {
    statements.inTransaction(
        () -> {
          rollups.keep(choice);
          return null;
        });
  }

  @Override
  public Map<Grouping, Integer> rollupIds(Collection<Grouping> groupings) {
    return statements.inTransaction(() -> rollups.ids(groupings));
  }

  @Override
  public long load(LoadedImport month, LoadedSegment segment, LoadedRollups loaded) {
    return loading.load(month, segment, loaded);
  }

  @Override
  public List<Path> writeSegments(long importId, Path folder) {
    return statements.inTransaction(
        () -> {
          List<Path> files = new ArrayList<>();
          for (long id : records.withRevised(importId)) {
            Path file = folder.resolve("segment-" + id + ".parquet");
            segments.write(id, file);
            files.add(file);
          }
          return files;
        });
  }

  @Override
  public Map<Long, YearMonth> importsWithoutSegment() {
    return statements.inTransaction(segments::missing);
  }

  @Override
  public BlockSums writeBlocks(long importId, Path csv) {
    return statements.inTransaction(() -> new StoredBlocks(statements, importId).write(csv));
  }

  @Override
  public void loadSegment(long importId, LoadedSegment segment) {
    statements.inTransaction(
        () -> {
          segments.load(importId, segment);
          return null;
        });
  }

  @Override
  public void publishSegment(long importId) {
    statements.inTransaction(
        () -> {
          segments.publish(importId);
          new StoredBlocks(statements, importId).drop();
          return null;
        });
  }

  @Override
  public void storeReport(long importId, String json) {
    var unused =
        statements.inTransaction(
            () ->
                statements.update(
                    """
                    -- name: the report of an import
                    INSERT INTO control.import_report (import_id, report) VALUES (?, ?::jsonb)
                    ON CONFLICT (import_id) DO UPDATE SET report = EXCLUDED.report
                    """,
                    importId,
                    json));
  }

  @Override
  public void discard(long importId) {
    statements.inTransaction(
        () -> {
          publication.forget(importId);
          return null;
        });
  }

  @Override
  public String publish(List<Long> importIds, List<Long> withdrawn) {
    return publication.publish(importIds, withdrawn);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (SQLException e) {
      throw ImportStatements.failed(e);
    }
  }
}
