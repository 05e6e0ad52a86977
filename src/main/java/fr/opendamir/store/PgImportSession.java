package fr.opendamir.store;

import static java.util.stream.Collectors.joining;

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
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.PublishedImport;
import fr.opendamir.ingest.port.RollupChoice;
import fr.opendamir.ingest.port.SourceDigest;
import fr.opendamir.ingest.port.StagedImport;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One import session on one connection; see the port for what each method promises. */
final class PgImportSession implements ImportSession {
  private final ImportLock lock;
  private final ImportStatements statements;
  private final RollupLoading rollups;
  private final SegmentLoading segments;
  private final ImportLoading loading;
  private final Publication publication;
  private final List<String> cleanedUp;

  /** Closes the lock if the database answers no more. */
  PgImportSession(ImportLock lock) throws SQLException {
    this.lock = lock;
    try {
      this.statements = new ImportStatements(lock.connection());
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
   * Holding the lock, whatever is not published was left by a process that is no more; what it had
   * not verified is of no use.
   */
  private List<String> cleanUp() throws SQLException {
    List<String> removed = new ArrayList<>();
    for (long id :
        statements.ids(
            """
            -- name: imports that did not end
            SELECT id FROM control.import i WHERE status = 'loading'
              OR status = 'loaded' AND NOT EXISTS (
                SELECT FROM control.import_report r WHERE r.import_id = i.id)
            ORDER BY id
            """)) {
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
    String sql =
"""
-- name: the newest import of each month of the newest release
SELECT DISTINCT ON (i.month) i.id, i.month, i.file_name, i.file_bytes, i.sha256, k.digest, i.policy_id,
  i.synthetic, i.lines, i.short_lines, i.atoms, r.id AS release_id
FROM (SELECT id FROM control.release WHERE status = 'served' ORDER BY sequence DESC LIMIT 1) r
JOIN control.release_import ri ON ri.release_id = r.id
JOIN control.import i ON i.id = ri.import_id
LEFT JOIN control.import_keyed_digest k ON k.import_id = i.id
ORDER BY i.month, i.id DESC
""";
    return statements.inTransaction(() -> statements.query(sql, PgImportSession::publishedImport));
  }

  private static PublishedImport publishedImport(ResultSet row) throws SQLException {
    return new PublishedImport(
        row.getLong("id"),
        YearMonth.parse(row.getString("month")),
        row.getString("file_name"),
        row.getLong("file_bytes"),
        digest(row),
        row.getString("policy_id"),
        row.getBoolean("synthetic"),
        row.getLong("lines"),
        row.getLong("short_lines"),
        row.getLong("atoms"),
        row.getString("release_id"));
  }

  @Override
  public List<StagedImport> staged() {
    String sql =
        """
        -- name: loaded imports that are not published
        SELECT i.id, i.month, i.sha256, k.digest, r.report::text AS report
        FROM control.import i
        JOIN control.import_report r ON r.import_id = i.id
        LEFT JOIN control.import_keyed_digest k ON k.import_id = i.id
        WHERE i.status = 'loaded' ORDER BY i.id
        """;
    return statements.inTransaction(
        () ->
            statements.query(
                sql,
                row ->
                    new StagedImport(
                        row.getLong("id"),
                        YearMonth.parse(row.getString("month")),
                        digest(row),
                        row.getString("report"))));
  }

  private static SourceDigest digest(ResultSet row) throws SQLException {
    String sha256 = row.getString("sha256");
    return sha256 == null
        ? SourceDigest.keyed(row.getString("digest"))
        : SourceDigest.ofPublic(sha256);
  }

  @Override
  public Map<Level, Map<SourceMeasure, Long>> notDisclosed(YearMonth month) {
    Map<Level, Map<SourceMeasure, Long>> found = new EnumMap<>(Level.class);
    var unused =
        statements.inTransaction(
            () ->
                statements.query(
                    """
                    -- name: what the published imports of a month do not disclose
                    SELECT level, %s
                    FROM control.import_loss l JOIN control.import i ON i.id = l.import_id
                    WHERE i.status = 'published' AND i.month = ? GROUP BY level
                    """
                        .formatted(
                            ProtectionSummary.MEASURES.stream()
                                .map(m -> "sum(abs(l.%1$s))::bigint AS %1$s".formatted(m.id()))
                                .collect(joining(", "))),
                    row -> {
                      Map<SourceMeasure, Long> ofLevel = new EnumMap<>(SourceMeasure.class);
                      for (SourceMeasure measure : ProtectionSummary.MEASURES) {
                        ofLevel.put(measure, row.getLong(measure.id()));
                      }
                      return found.put(Level.find(row.getString("level")).orElseThrow(), ofLevel);
                    },
                    month.toString()));
    return found;
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
          for (long id : withRevised(importId)) {
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

  /** An import and the imports that it revises, newest first. */
  private List<Long> withRevised(long importId) throws SQLException {
    return statements.ids(
        """
        -- name: an import and those it revises
        WITH RECURSIVE chain AS (
          SELECT id, revises FROM control.import WHERE id = ?
          UNION ALL
          SELECT i.id, i.revises FROM control.import i JOIN chain ON i.id = chain.revises)
        SELECT id FROM chain ORDER BY id DESC
        """,
        importId);
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
