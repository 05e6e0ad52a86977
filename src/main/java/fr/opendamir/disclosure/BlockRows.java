package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The rows of new blocks as SQL: {@code member_row} goes to {@code content} under the codes in
 * {@code safe}. The layers that it loses ({@link LostLayers}) go to {@code piece}; blocks of a
 * single layer are made as they are.
 */
final class BlockRows {
  private final Stage stage;
  private final Set<Component> components;
  private final AtomRows rows;
  private final Optional<RevisionSql> revision;

  /**
   * Renders the rows of a stage.
   *
   * @param components the kinds of layers that must have enough contributors, see {@link
   *     LostLayers}
   */
  BlockRows(Stage stage, Set<Component> components, AtomRows rows, Optional<RevisionSql> revision) {
    this.stage = stage;
    this.components = components;
    this.rows = rows;
    this.revision = revision;
  }

  /** Creates {@code step}, the rows of the blocks. */
  static String rows() {
    return """
    -- name: the rows of new blocks
    CREATE TABLE step AS
    SELECT candidate, layer, origin, any_value(per_act) AS per_act,
      any_value(per_count) AS per_count, pattern, %s
    FROM member_row GROUP BY candidate, layer, origin, pattern
    """
        .formatted(
            AtomRows.sums().map("sum(%1$s)::BIGINT AS %1$s"::formatted).collect(joining(", ")));
  }

  /**
   * Makes blocks of {@code step} and drops the tables of the groups.
   *
   * @param areSingle whether each is made of one atom, or of what no rule about atoms can refuse
   */
  List<String> blocks(boolean areSingle) {
    List<String> statements = new ArrayList<>();
    if (stage == Stage.PIECES) {
      statements.add(singleLayers());
    } else {
      statements.add(coded(areSingle));
      statements.add(withoutLostLayers());
      statements.add(lostLayers());
      statements.add("DROP TABLE coded");
      statements.add("DROP TABLE lost");
    }
    statements.add("DROP TABLE step");
    statements.add("DROP VIEW member_row");
    for (String table : List.of("member", "compared", "safe")) {
      statements.add("DROP TABLE IF EXISTS " + table);
    }
    return statements;
  }

  /** Creates the table {@code coded}: {@code safe} with {@code layers_lost}. */
  private String coded(boolean areSingle) {
    String ofRules =
        revision
            .map(
                rules ->
                    rules.held(counted())
                        + (areSingle ? "" : " UNION " + rules.oneAtomOfLayers(counted())))
            .map(" UNION ALL (%s)"::formatted)
            .orElse("");
    return """
    -- name: codes of new blocks, and the layers that they lose
    CREATE TABLE coded AS
    SELECT safe.*, coalesce(layers_lost, 0) AS layers_lost FROM safe LEFT JOIN (
      SELECT candidate, bit_or(layers) AS layers_lost FROM (FROM lost%s) GROUP BY candidate)
      USING (candidate)
    """
        .formatted(ofRules);
  }

  /** The layers, and the sums of them with index -1, that must be safe, with bits. */
  private String counted() {
    return Stream.concat(
            layerValues(), LostLayers.sums(components).stream().map("(-1, %d)"::formatted))
        .collect(joining(", "));
  }

  /** Index and bit of the layers that must be safe by themselves, after (-1, 0) for none. */
  private Stream<String> layerValues() {
    return Stream.concat(
        Stream.of("(-1, 0)"),
        LostLayers.layers(components).stream().map(p -> "(%d, %d)".formatted(p.index(), p.bit())));
  }

  private String withoutLostLayers() {
    return """
    INSERT INTO content
    SELECT candidate, %d, -1, %s, b.apart, origin, per_act, per_count, pattern & ~layers_lost,
      a.quantity, %s, %s
    FROM step a JOIN coded b USING (candidate)
    """
        .formatted(
            ordinal(),
            codes(),
            amounts("CASE WHEN pattern & layers_lost & %d <> 0 THEN 0 ELSE %s END"::formatted),
            prefixed("a.", AtomRows.COUNTS.stream()));
  }

  /**
   * Adds the lost layers of each row. The rows are put aside before they are joined with the
   * layers, because DuckDB 2.0 can fail where one join reads another ("global dictionary column
   * changed identity").
   */
  private String lostLayers() {
    return """
    INSERT INTO piece
    WITH taken AS MATERIALIZED (
      SELECT candidate, %s, b.apart, origin, per_act, per_count, pattern & layers_lost AS taken, %s, %s
      FROM step a JOIN coded b USING (candidate) WHERE pattern & layers_lost <> 0)
    SELECT candidate, %d, p.layer, %s, apart, origin, per_act, per_count, p.bit, 0, %s, %s
    FROM taken JOIN (VALUES %s) p(layer, bit) ON taken & p.bit <> 0
    """
        .formatted(
            codes(),
            String.join(", ", Layer.columns()),
            prefixed("a.", AtomRows.COUNTS.stream()),
            ordinal(),
            rows.names().collect(joining(", ")),
            amounts("CASE WHEN p.bit & %d <> 0 THEN %s ELSE 0 END"::formatted),
            String.join(", ", AtomRows.COUNTS),
            // A policy may take no layer out; VALUES must not be empty.
            layerValues().collect(joining(", ")));
  }

  private String singleLayers() {
    return """
    INSERT INTO content
    SELECT candidate, %d, a.layer, %s, b.apart, origin, per_act, per_count, pattern, %s
    FROM step a JOIN safe b USING (candidate)
    """
        .formatted(ordinal(), codes(), prefixed("a.", AtomRows.sums()));
  }

  private int ordinal() {
    return revision.map(RevisionSql::ordinal).orElse(0);
  }

  private String codes() {
    return prefixed("b.", rows.names());
  }

  /**
   * Renders the columns of the layers.
   *
   * @param expression of the bits of a column and its name
   */
  private static String amounts(BiFunction<Long, String, String> expression) {
    return Layer.columns().stream()
        .map(column -> expression.apply(Layer.bits(column), column))
        .collect(joining(", "));
  }

  private static String prefixed(String table, Stream<String> names) {
    return names.map(table::concat).collect(joining(", "));
  }
}
