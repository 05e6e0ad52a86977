package fr.opendamir.store;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.PublishedImport;
import fr.opendamir.ingest.port.SourceDigest;
import fr.opendamir.ingest.port.StagedImport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads which imports the control tables have, in the transaction of the caller. */
final class ImportRecords {
  private final ImportStatements statements;

  ImportRecords(ImportStatements statements) {
    this.statements = statements;
  }

  /** The imports that neither were published nor can be, oldest first. */
  List<Long> unfinished() throws SQLException {
    return statements.ids(
        """
        -- name: unfinished imports
        SELECT id FROM control.import i WHERE status = 'loading'
          OR status = 'loaded' AND NOT EXISTS (
            SELECT FROM control.import_report r WHERE r.import_id = i.id)
        ORDER BY id
        """);
  }

  /** The newest import of each month of the newest release. */
  List<PublishedImport> published() throws SQLException {
    return statements.query(
        """
        -- name: the newest import of each month of the newest release
        SELECT DISTINCT ON (i.month) i.id, i.month, i.file_name, i.file_bytes, i.sha256, k.digest, i.policy_id,
          i.synthetic, i.lines, i.short_lines, r.id AS release_id
        FROM (SELECT id FROM control.release WHERE status = 'served' ORDER BY sequence DESC LIMIT 1) r
        JOIN control.release_import ri ON ri.release_id = r.id
        JOIN control.import i ON i.id = ri.import_id
        LEFT JOIN control.import_keyed_digest k ON k.import_id = i.id
        ORDER BY i.month, i.id DESC
        """,
        ImportRecords::publishedImport);
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
        row.getString("release_id"));
  }

  /** The loaded imports that have a report and are not published, oldest first. */
  List<StagedImport> staged() throws SQLException {
    return statements.query(
        """
        -- name: loaded imports that are not published
        SELECT i.id, i.month, i.sha256, k.digest, r.report::text AS report
        FROM control.import i
        JOIN control.import_report r ON r.import_id = i.id
        LEFT JOIN control.import_keyed_digest k ON k.import_id = i.id
        WHERE i.status = 'loaded' ORDER BY i.id
        """,
        ImportRecords::stagedImport);
  }

  private static StagedImport stagedImport(ResultSet row) throws SQLException {
    return new StagedImport(
        row.getLong("id"),
        YearMonth.parse(row.getString("month")),
        digest(row),
        row.getString("report"));
  }

  private static SourceDigest digest(ResultSet row) throws SQLException {
    String sha256 = row.getString("sha256");
    return sha256 == null
        ? SourceDigest.keyed(row.getString("digest"))
        : SourceDigest.ofPublic(sha256);
  }

  /** Acts and cents of a published month that lost their code, by level. */
  Map<Level, Map<SourceMeasure, Long>> notDisclosed(YearMonth month) throws SQLException {
    Map<Level, Map<SourceMeasure, Long>> found = new EnumMap<>(Level.class);
    String sums =
        ProtectionSummary.MEASURES.stream()
            .map(measure -> "sum(abs(l.%1$s))::bigint AS %1$s".formatted(measure.id()))
            .collect(joining(", "));
    var unused =
        statements.query(
            """
            -- name: what the published imports of a month do not disclose
            SELECT level, %s
            FROM control.import_loss l JOIN control.import i ON i.id = l.import_id
            WHERE i.status = 'published' AND i.month = ? GROUP BY level
            """
                .formatted(sums),
            row -> found.put(Level.find(row.getString("level")).orElseThrow(), amounts(row)),
            month.toString());
    return found;
  }

  private static Map<SourceMeasure, Long> amounts(ResultSet row) throws SQLException {
    Map<SourceMeasure, Long> amounts = new EnumMap<>(SourceMeasure.class);
    for (SourceMeasure measure : ProtectionSummary.MEASURES) {
      amounts.put(measure, row.getLong(measure.id()));
    }
    return amounts;
  }

  /** An import and the imports that it revises, newest first. */
  List<Long> withRevised(long importId) throws SQLException {
    return statements.ids(
        """
        -- name: an import and the imports that it revises
        WITH RECURSIVE chain AS (
          SELECT id, revises FROM control.import WHERE id = ?
          UNION ALL
          SELECT i.id, i.revises FROM control.import i JOIN chain ON i.id = chain.revises)
        SELECT id FROM chain ORDER BY id DESC
        """,
        importId);
  }
}
