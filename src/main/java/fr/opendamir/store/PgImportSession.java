package fr.opendamir.store;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.ImportSession;
import fr.opendamir.ingest.LoadedImport;
import fr.opendamir.ingest.PublishedImport;
import fr.opendamir.ingest.aggregate.MonthAggregation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.PGConnection;

/** One import session on one connection; see the port for what each method promises. */
final class PgImportSession implements ImportSession {
  private final Connection connection;
  private final Catalog catalog;
  private final List<String> cleanedUp;

  PgImportSession(Connection connection, Catalog catalog) throws SQLException {
    this.connection = connection;
    this.catalog = catalog;
    connection.setAutoCommit(false);
    this.cleanedUp = cleanUp();
  }

  @Override
  public List<String> cleanedUp() {
    return cleanedUp;
  }

  /** Holding the lock, whatever is not published was left by a process that is no more. */
  private List<String> cleanUp() throws SQLException {
    List<String> removed = new ArrayList<>();
    for (long id :
        ids("SELECT id FROM control.import WHERE status IN ('loading', 'loaded') ORDER BY id")) {
      forget(id);
      removed.add("removed what import " + id + ", which did not end, had loaded");
    }
    connection.commit();
    return removed;
  }

  @Override
  public List<PublishedImport> published() {
    String sql =
        """
        -- name: imports of the newest release
        SELECT i.id, i.month, i.sha256, i.policy_id, i.synthetic, r.id AS release_id
        FROM (SELECT id FROM control.release WHERE status = 'served' ORDER BY sequence DESC LIMIT 1) r
        JOIN control.release_import ri ON ri.release_id = r.id
        JOIN control.import i ON i.id = ri.import_id
        ORDER BY i.month
        """;
    return inTransaction(
        () -> {
          List<PublishedImport> found = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
              found.add(
                  new PublishedImport(
                      row.getLong("id"),
                      YearMonth.parse(row.getString("month")),
                      row.getString("sha256"),
                      row.getString("policy_id"),
                      row.getBoolean("synthetic"),
                      row.getString("release_id")));
            }
          }
          return found;
        });
  }

  @Override
  public long load(LoadedImport month, Path blocks) {
    long id = inTransaction(() -> insertImport(month));
    return inTransaction(
        () -> {
          String table = table(id);
          execute("CREATE TABLE " + table + " (LIKE figures.block)");
          execute("ALTER TABLE %s ALTER import_id SET DEFAULT %d".formatted(table, id));
          execute(
              "ALTER TABLE %s ALTER month SET DEFAULT '%s'"
                  .formatted(table, month.source().month()));
          copy(table, blocks);
          execute("ALTER TABLE %s ADD CHECK (import_id = %d)".formatted(table, id));
          execute(
              "ALTER TABLE %s ADD CHECK (contributors >= %d)".formatted(table, month.threshold()));
          addLevels(table);
          insertTotals(id, month);
          insertLosses(id, month);
          setStatus(id, "loaded");
          return id;
        });
  }

  @Override
  public Map<SourceMeasure, Long> totals(long importId) {
    String sums =
        Arrays.stream(SourceMeasure.values())
            .map(m -> "coalesce(sum(%s), 0)::bigint AS %s".formatted(m.id(), m.id()))
            .collect(joining(", "));
    return inTransaction(
        () -> {
          Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT " + sums + " FROM " + table(importId))) {
            row.next();
            for (SourceMeasure measure : SourceMeasure.values()) {
              totals.put(measure, row.getLong(measure.id()));
            }
          }
          return totals;
        });
  }

  @Override
  public void storeReport(long importId, String json) {
    inTransaction(
        () ->
            update(
                "INSERT INTO control.import_report (import_id, report) VALUES (?, ?::jsonb)",
                importId,
                json));
  }

  @Override
  public void discard(long importId) {
    inTransaction(
        () -> {
          forget(importId);
          return null;
        });
  }

  @Override
  public String publish(List<Long> importIds, List<Long> withdrawn) {
    for (long id : importIds) {
      inTransaction(
          () -> {
            execute("ANALYZE " + table(id));
            return null;
          });
    }
    return inTransaction(
        () -> {
          Set<Long> leaving = new TreeSet<>(withdrawn);
          leaving.addAll(
              ids(
                  """
                  -- name: published imports of the months that are replaced
                  SELECT old.id FROM control.import old JOIN control.import new ON new.month = old.month
                  WHERE old.status = 'published' AND new.id IN (%s)
                  """
                      .formatted(list(importIds))));
          String release = insertRelease();
          update(
              """
              -- name: what stays in the release
              INSERT INTO control.release_import (release_id, import_id)
              SELECT ?, id FROM control.import
              WHERE id IN (%s) OR (status = 'published' AND NOT (id = ANY (?)))
              """
                  .formatted(list(importIds)),
              release,
              connection.createArrayOf("bigint", leaving.toArray()));
          for (long id : importIds) {
            execute(
                "ALTER TABLE figures.block ATTACH PARTITION %s FOR VALUES IN (%d)"
                    .formatted(table(id), id));
            update("INSERT INTO figures.published_import VALUES (?)", id);
            setStatus(id, "published");
          }
          for (long id : leaving) {
            withdraw(id);
          }
          return release;
        });
  }

  @Override
  public void close() {
    try {
      connection.close(); // also gives the advisory lock back
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private long insertImport(LoadedImport month) throws SQLException {
    return ids(
            """
            -- name: a new import
            INSERT INTO control.import (month, file_name, file_bytes, sha256, policy_id, synthetic,
              accepted_loss, status, lines, atoms, blocks, smallest_block)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'loading', ?, ?, ?, ?) RETURNING id
            """,
            month.source().month().toString(),
            month.fileName(),
            month.fileBytes(),
            month.sha256(),
            month.policyId(),
            month.synthetic(),
            month.acceptedLoss(),
            month.source().lines(),
            month.source().atoms(),
            month.protection().blocks(),
            month.protection().smallestBlock())
        .get(0);
  }

  private void copy(String table, Path blocks) throws SQLException {
    String sql =
        "COPY %s (%s) FROM STDIN (FORMAT csv)"
            .formatted(table, String.join(", ", MonthAggregation.exportedColumns()));
    try (InputStream in = Files.newInputStream(blocks)) {
      var unused = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, in, 1 << 18);
    } catch (IOException e) {
      throw new UncheckedIOException("the blocks cannot be read back from the temporary folder", e);
    }
  }

  /** Makes sure that the coarser levels of every code of the new blocks are known. */
  private void addLevels(String table) throws SQLException {
    for (String service :
        codes(
            "SELECT DISTINCT service FROM %s EXCEPT SELECT service FROM figures.service_level"
                .formatted(table))) {
      String code = service.equals(ReservedCodes.NOT_FILLED) ? "" : service;
      update(
          "INSERT INTO figures.service_level VALUES (?, ?, ?)",
          service,
          catalog.coarser(Level.SERVICE_GROUP, code),
          catalog.coarser(Level.SERVICE_KIND, code));
    }
    for (String exemption :
        codes(
            "SELECT DISTINCT exemption FROM %s EXCEPT SELECT exemption FROM figures.exemption_level"
                .formatted(table))) {
      update(
          "INSERT INTO figures.exemption_level VALUES (?, ?)",
          exemption,
          catalog.coarser(Level.EXEMPTION_GROUP, exemption));
    }
  }

  private void insertTotals(long id, LoadedImport month) throws SQLException {
    for (Map.Entry<SourceMeasure, Long> total : month.source().totals().entrySet()) {
      update(
          "INSERT INTO control.import_total VALUES (?, ?, ?)",
          id,
          total.getKey().id(),
          total.getValue());
    }
  }

  private void insertLosses(long id, LoadedImport month) throws SQLException {
    for (Map.Entry<Level, Map<SourceMeasure, Long>> loss :
        month.protection().notDisclosed().entrySet()) {
      update(
          "INSERT INTO control.import_loss (import_id, level, quantity, charged, reimbursed)"
              + " VALUES (?, ?, ?, ?, ?)",
          id,
          loss.getKey().id(),
          loss.getValue().get(SourceMeasure.QUANTITY),
          loss.getValue().get(SourceMeasure.CHARGED),
          loss.getValue().get(SourceMeasure.REIMBURSED));
    }
  }

  /** The next free number of today. */
  private String insertRelease() throws SQLException {
    return codes(
            """
            -- name: a new release
            INSERT INTO control.release (id, published_at, status)
            SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') || '.' || 1 + (
              SELECT coalesce(max(split_part(id, '.', 2)::int), 0) FROM control.release
              WHERE split_part(id, '.', 1) = to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')),
              now(), 'served'
            RETURNING id
            """)
        .get(0);
  }

  private void withdraw(long id) throws SQLException {
    update(
        """
        -- name: releases that contained a withdrawn import
        UPDATE control.release SET status = 'withdrawn'
        WHERE id IN (SELECT release_id FROM control.release_import WHERE import_id = ?)
        """,
        id);
    update("DELETE FROM figures.published_import WHERE import_id = ?", id);
    execute("DROP TABLE " + table(id));
    setStatus(id, "withdrawn");
  }

  private void forget(long id) throws SQLException {
    execute("DROP TABLE IF EXISTS " + table(id));
    setStatus(id, "failed");
  }

  private void setStatus(long id, String status) throws SQLException {
    update("UPDATE control.import SET status = ? WHERE id = ?", status, id);
  }

  private static String table(long id) {
    return "figures.block_" + id;
  }

  private static String list(List<Long> ids) {
    return ids.stream().map(String::valueOf).collect(joining(", "));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  private List<Long> ids(String sql, Object... parameters) throws SQLException {
    return codes(sql, parameters).stream().map(Long::valueOf).toList();
  }

  /** The first column of every row. */
  private List<String> codes(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet row = statement.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    try {
      T result = work.run();
      connection.commit();
      return result;
    } catch (SQLException e) {
      rollback(e);
      throw failed(e);
    } catch (RuntimeException e) {
      rollback(e);
      throw e;
    }
  }

  private void rollback(Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static IllegalStateException failed(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new IllegalStateException("the database refused a step of the import: " + message, e);
  }
}
