package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.ReservedCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last step of the safe-block algorithm as SQL: the table {@code remainder}, with what no
 * recoding has made safe and the blocks that join it, becomes one block, all dimensions ND.
 */
public final class RemainderSql {
  private final List<CodeColumn> columns;
  private final BlockRows blocks;
  private final Optional<RevisionSql> revision;

  RemainderSql(List<CodeColumn> columns, BlockRows blocks, Optional<RevisionSql> revision) {
    this.columns = List.copyOf(columns);
    this.blocks = blocks;
    this.revision = revision;
  }

  /** Prepares the block. */
  public List<String> start() {
    List<String> statements = new ArrayList<>();
    statements.add(
        """
        -- name: the merged block
        CREATE TABLE safe AS
        SELECT %s, -1 AS apart, layers,
          1 + greatest((SELECT coalesce(max(block), 0) FROM content),
            (SELECT coalesce(max(block), 0) FROM piece)) AS candidate
        FROM (SELECT bit_or(pattern) FILTER (layer >= 0) AS layers FROM remainder)
        """
            .formatted(
                columns.stream()
                    .map(c -> c.literal(ReservedCodes.NOT_DISCLOSED) + " AS " + c.name())
                    .collect(joining(", "))));
    statements.add(
        "CREATE TEMPORARY VIEW member_row AS SELECT candidate, remainder.* FROM remainder, safe");
    revision.ifPresent(rules -> statements.add(rules.match(List.of())));
    statements.add(BlockRows.rows());
    return statements;
  }

  /**
   * Selects the prepared block if it and published blocks without codes would leave too few
   * contributors since an earlier release.
   *
   * @param counted whether all amounts count, or the layers in the table {@code remainder}
   */
  public Optional<String> held(Stage counted) {
    return revision.map(rules -> rules.heldCell(counted));
  }

  /** Makes the prepared block; the layers that it loses are in {@link SafeBlockSql#LOST}. */
  public List<String> finish() {
    List<String> statements = new ArrayList<>(blocks.blocks(true));
    statements.add("DROP TABLE remainder");
    return statements;
  }
}
