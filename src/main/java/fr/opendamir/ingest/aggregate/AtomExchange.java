package fr.opendamir.ingest.aggregate;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.Groups;
import fr.opendamir.disclosure.LostLayers;
import fr.opendamir.disclosure.PendingAtoms;
import fr.opendamir.disclosure.SafeBlockSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/** Takes atoms from the database for the search for groups, and hands over what it finds. */
final class AtomExchange {
  private final DuckDbSession session;
  private final boolean hasNumericServices;
  private final Map<String, Integer> services = new HashMap<>();

  AtomExchange(DuckDbSession session, List<CodeColumn> columns) {
    this.session = session;
    this.hasNumericServices = CodeColumn.of(Dimension.SERVICE, columns).numeric();
  }

  /** Reads the atoms that a query selects, see {@link SafeBlockSql#atoms}. */
  PendingAtoms read(String query) {
    long rows = session.number("SELECT count(*) FROM (SELECT DISTINCT atom, origin FROM atom_row)");
    PendingAtoms atoms = new PendingAtoms(Math.toIntExact(rows));
    session.forEach(
        query,
        row ->
            atoms.add(
                new PendingAtoms.Row(
                    row.getLong(1),
                    service(row),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    row.getLong(9),
                    row.getLong(10),
                    row.getLong(11),
                    row.getLong(12))));
    return atoms;
  }

  /** The service in the second column. */
  private int service(ResultSet row) throws SQLException {
    return hasNumericServices
        ? row.getInt(2)
        : services.computeIfAbsent(row.getString(2), code -> services.size());
  }

  /** Reads the rows of new blocks, and hands over the layers that they lose. */
  void writeLost(LostLayers layers) {
    session.forEach(
        SafeBlockSql.ROWS,
        row ->
            layers.add(
                new LostLayers.Row(
                    row.getLong(1),
                    service(row),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6))));
    session.run("CREATE TABLE " + SafeBlockSql.LOST);
    session.append(
        "lost",
        rows -> {
          for (LostLayers.Lost lost : layers.found()) {
            append(rows, lost.block(), lost.layers());
          }
        });
  }

  /** Hands over the atoms that are in blocks. */
  void writeMembers(PendingAtoms atoms) {
    session.run("CREATE TABLE " + SafeBlockSql.MEMBER);
    session.append(
        "member", rows -> atoms.forEachInBlock((block, atom) -> append(rows, block, atom)));
  }

  /** Hands over the atoms of groups that are not held back. */
  void writeMembers(Groups groups) {
    session.run("CREATE TABLE " + SafeBlockSql.MEMBER);
    session.append("member", rows -> groups.forEach((block, atom) -> append(rows, block, atom)));
  }

  private static void append(DuckDBAppender rows, long block, long other) throws SQLException {
    rows.beginRow();
    rows.append(block).append(other);
    rows.endRow();
  }

  /** Hands over the atoms that are in no block. */
  void writePending(PendingAtoms atoms) {
    session.run("CREATE TABLE " + SafeBlockSql.PENDING);
    session.append(
        "pending",
        rows ->
            atoms.forEachPending(
                atom -> {
                  rows.beginRow();
                  rows.append(atom);
                  rows.endRow();
                }));
  }
}
