package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.disclosure.AtomRows;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.Layer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The blocks that may join the table {@code remainder}: the table {@code candidate}, one row each,
 * with their {@code place} in the order in which they join. The order does not depend on amounts:
 * blocks with acts come first, because lines without acts do not count where there are acts, then
 * the blocks that disclose least.
 */
final class JoiningBlocks {
  /** The columns of the remainder. */
  static final String COLUMNS =
      "layer, origin, per_act, per_count, pattern, " + AtomRows.sums().collect(joining(", "));

  private final DuckDbSession session;
  private final List<CodeColumn> columns;
  private final int ordinal;

  /**
   * Prepares the table.
   *
   * @param ordinal of the blocks that may join; blocks of earlier imports are published
   */
  JoiningBlocks(DuckDbSession session, List<CodeColumn> columns, int ordinal) {
    this.session = session;
    this.columns = columns;
    this.ordinal = ordinal;
  }

  /**
   * Creates the table.
   *
   * @param layer the layer that blocks must have; empty for blocks of all amounts
   */
  void create(Optional<Layer> layer) {
    session.run(
        """
        -- name: blocks that may join
        CREATE TABLE candidate AS
        SELECT block, bit_or(pattern) AS pattern, %s AS without_codes, %s AS detail_lost,
          row_number() OVER (ORDER BY sum(acts) <> 0 DESC, detail_lost DESC, %s, any_value(apart), block)
            AS place
        FROM content WHERE ordinal = %d AND %s GROUP BY block
        """
            .formatted(
                columns.stream()
                    .map(
                        c ->
                            "any_value(%s) = %s"
                                .formatted(c.name(), c.literal(ReservedCodes.NOT_DISCLOSED)))
                    .collect(joining(" AND ")),
                columns.stream().map(JoiningBlocks::isLost).collect(joining(" + ")),
                columns.stream().map(c -> "any_value(" + c.name() + ")").collect(joining(", ")),
                ordinal,
                layer
                    .map(
                        p ->
                            "layer IN (-1, %d) AND pattern & %d <> 0".formatted(p.index(), p.bit()))
                    .orElse("layer < 0")));
  }

  /** 1 if a block has ND, or a group, in place of a code; otherwise 0. */
  private static String isLost(CodeColumn column) {
    return "(any_value(%s) IN (%s))::INTEGER"
        .formatted(
            column.name(),
            Stream.concat(
                    Stream.of(ReservedCodes.NOT_DISCLOSED),
                    column.words().stream().filter(ReservedCodes::isNotDisclosed))
                .map(column::literal)
                .collect(joining(", ")));
  }

  void drop() {
    session.run("DROP TABLE candidate");
  }

  /**
   * Moves whole blocks to the remainder.
   *
   * @param blocks condition on {@code content}
   */
  void join(String blocks) {
    session.run("INSERT INTO remainder SELECT %s FROM content WHERE %s".formatted(COLUMNS, blocks));
    session.run("DELETE FROM content WHERE " + blocks);
  }

  /**
   * Moves a layer of the amounts of blocks to the remainder.
   *
   * @param blocks condition on {@code content}
   */
  void join(Layer layer, String blocks) {
    String ofBlocks = "pattern & %d <> 0 AND %s".formatted(layer.bit(), blocks);
    session.run(
        "INSERT INTO remainder SELECT %d, origin, per_act, per_count, %d, 0, %s, %s FROM content WHERE %s"
            .formatted(
                layer.index(),
                layer.bit(),
                layer.onlyThis(),
                String.join(", ", AtomRows.COUNTS),
                ofBlocks));
    session.run("DELETE FROM content WHERE layer = %d AND %s".formatted(layer.index(), ofBlocks));
    session.run(
        "UPDATE content SET pattern = pattern & ~%d, %s = 0 WHERE %s"
            .formatted(layer.bit(), layer.column(), ofBlocks));
  }
}
