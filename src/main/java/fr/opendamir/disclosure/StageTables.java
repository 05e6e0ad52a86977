package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tables that a stage starts with: its atoms, and the empty tables of its results. */
final class StageTables {
  private final Stage stage;
  private final List<CodeColumn> columns;
  private final AtomRows rows;
  private final AtomKey key;
  private final boolean isRevision;

  StageTables(
      Stage stage, List<CodeColumn> columns, AtomRows rows, AtomKey key, boolean isRevision) {
    this.stage = stage;
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.key = key;
    this.isRevision = isRevision;
  }

  /**
   * Creates {@code atom_row}; before the first stage also {@code content}, unless it has the
   * published blocks of a revision, and {@code piece}.
   */
  List<String> create() {
    List<String> statements = new ArrayList<>();
    if (stage == Stage.BLOCKS) {
      statements.add(content());
      statements.add("CREATE TABLE piece AS SELECT * FROM content LIMIT 0");
      statements.addAll(key.types("line_sum"));
      statements.add(
          atomRows(
              "SELECT *, -1 AS layer FROM (%s)"
                  .formatted(rows.from(isRevision ? "line_sum" : AtomRows.layered("line_sum")))));
    } else {
      statements.add("DROP TABLE pending");
      statements.add("DROP TABLE atom_row");
      statements.add(atomRows(pieces()));
    }
    return statements;
  }

  private String content() {
    return """
    CREATE TABLE IF NOT EXISTS content (block BIGINT, ordinal INTEGER, layer INTEGER, %s,
      apart INTEGER, origin %s, per_act BIGINT, per_count BIGINT, pattern BIGINT, %s)
    """
        .formatted(
            columns.stream().map(c -> c.name() + " " + c.sqlType()).collect(joining(", ")),
            CodeColumn.of(Dimension.SERVICE, columns).sqlType(),
            AtomRows.sums().map(name -> name + " BIGINT").collect(joining(", ")));
  }

  private String atomRows(String from) {
    return """
    -- name: the rows of the atoms
    CREATE TABLE atom_row AS
    SELECT atom, %s AS key, layer, origin, per_act, per_count, pattern, %s, charged, reimbursed,
      top_charged, top_reimbursed
    FROM (%s)
    """
        .formatted(key.expression(), AtomRows.sums().collect(joining(", ")), from);
  }

  /** The layers that were taken out of blocks; each layer of a block is an atom. */
  private String pieces() {
    return """
    SELECT layer, %s, %s, apart, origin, piece.per_act, piece.per_count, pattern, %s,
      0::BIGINT AS charged, 0::BIGINT AS reimbursed, 0::BIGINT AS top_charged,
      0::BIGINT AS top_reimbursed, %s AS atom
    FROM piece%s
    """
        .formatted(
            rows.names().map(name -> "piece." + name).collect(joining(", ")),
            rows.groupsOf("piece"),
            AtomRows.sums().collect(joining(", ")),
            AtomRows.number(Stream.of("block", "layer")),
            rows.joinGroups("piece"));
  }

  /** Selects one row for each atom and service, see {@link PendingAtoms.Row}. */
  String atoms() {
    return """
    -- name: the atoms
    SELECT atom, origin, %s AS high, %s AS low,
      sum(acts * per_act)::BIGINT AS units_of_acts,
      sum(counted * per_count)::BIGINT AS units_of_counts, sum(acts)::BIGINT AS acts,
      sum(bare)::BIGINT AS bare, sum(charged)::BIGINT AS charged,
      sum(reimbursed)::BIGINT AS reimbursed, max(top_charged) AS top_charged,
      max(top_reimbursed) AS top_reimbursed
    FROM atom_row GROUP BY atom, origin ORDER BY atom
    """
        .formatted(AtomKey.Mask.high("any_value(key)"), AtomKey.Mask.low("any_value(key)"));
  }
}
