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
 * {@code safe}. Layers of a block with too few contributors are taken out of it and go to {@code
 * piece}; blocks of a single layer are made as they are.
 */
final class BlockRows {
  private final Stage stage;
  private final Set<Component> components;
  private final ContributorWeights weights;
  private final AtomRows rows;
  private final Optional<RevisionSql> revision;

  /**
   * Renders the rows of a stage.
   *
   * @param components the kinds of layers that must have enough contributors
   */
  BlockRows(
      Stage stage,
      Set<Component> components,
      ContributorWeights weights,
      AtomRows rows,
      Optional<RevisionSql> revision) {
    this.stage = stage;
    this.components = components;
    this.weights = weights;
    this.rows = rows;
    this.revision = revision;
  }

  /** Makes blocks of single atoms, whose rows need not be summed. */
  List<String> ofAtoms() {
    return make(
        "CREATE TEMPORARY VIEW step AS FROM member_row",
        "DROP VIEW step",
        revision.map(rules -> rules.held(counted())));
  }

  /** Makes blocks of the groups of recodings. */
  List<String> ofGroups() {
    return make(
        summed(),
        "DROP TABLE step",
        revision.map(
            rules -> rules.held(counted()) + " UNION " + rules.oneAtomOfLayers(counted())));
  }

  /** Makes the block of the {@link RemainderSql remainder}. */
  List<String> ofRemainder() {
    return make(summed(), "DROP TABLE step", revision.map(rules -> rules.held(counted())));
  }

  /**
   * Makes blocks of {@code member_row} and drops the tables of the groups.
   *
   * @param start creates {@code step}, the rows of the blocks
   * @param end drops it
   * @param held selects the layers that the rules of a revision take out
   */
  private List<String> make(String start, String end, Optional<String> held) {
    List<String> statements = new ArrayList<>();
    statements.add(start);
    if (stage == Stage.PIECES) {
      statements.add(singleLayers());
    } else {
      statements.add(weak(held));
      statements.add(withoutWeakLayers());
      statements.add(weakLayers());
      statements.add("DROP TABLE weak");
    }
    statements.add(end);
    statements.add("DROP VIEW member_row");
    for (String table : List.of("member", "compared", "safe")) {
      statements.add("DROP TABLE IF EXISTS " + table);
    }
    return statements;
  }

  private static String summed() {
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
   * Creates the table {@code weak}: {@code lost} are the layers of a block that have too few
   * contributors, or with which an amount or a difference of amounts has too few.
   */
  private String weak(Optional<String> held) {
    return """
    -- name: layers with too few contributors
    CREATE TABLE weak AS
    SELECT candidate, bit_or(%s) AS lost FROM (
      SELECT candidate, bits, bit_count(bits) = 1 AS single FROM (%s) WHERE units < %d%s)
    GROUP BY candidate
    """
        .formatted(
            // Without its reversals a sum has what its other layers have.
            revision.isPresent()
                ? "bits"
                : "CASE WHEN single THEN bits ELSE bits & %d END".formatted(Layer.negativeBits()),
            weights.units("candidate, bits", mixed()),
            weights.threshold(),
            held.map(" UNION SELECT *, false FROM (%s)"::formatted).orElse(""));
  }

  /**
   * Renders the rows by layer and by amount, where not every row of a group has the same.
   *
   * @return a query in parentheses, with {@code candidate} and {@code bits}
   */
  private String mixed() {
    return """
    (SELECT candidate, p.bits, origin, per_act, per_count, %s
    FROM step a JOIN (
      SELECT candidate, p.bits FROM safe CROSS JOIN (VALUES %s) p(layer, bits)
      WHERE %s) p USING (candidate)
    WHERE pattern & p.bits <> 0)
    """
        .formatted(
            String.join(", ", AtomRows.COUNTS),
            counted(),
            revision.isPresent()
                ? "true"
                : "partly & p.bits <> 0 AND (p.layer >= 0 OR layers & p.bits & %d <> 0)"
                    .formatted(Layer.negativeBits()));
  }

  /** The layers, and the amounts and differences with index -1, that must be safe, with bits. */
  private String counted() {
    long ofPolicy = layers().mapToLong(Layer::bit).sum();
    Stream<String> sums =
        layers().anyMatch(Layer::negative)
            ? Layer.sums().stream().map(bits -> "(-1, %d)".formatted(bits & ofPolicy))
            : Stream.of();
    return Stream.concat(layerValues(), sums).collect(joining(", "));
  }

  /** Index and bit of the layers that must be safe by themselves, after (-1, 0) for none. */
  private Stream<String> layerValues() {
    return Stream.concat(
        Stream.of("(-1, 0)"), layers().map(p -> "(%d, %d)".formatted(p.index(), p.bit())));
  }

  private Stream<Layer> layers() {
    return Layer.ALL.stream().filter(layer -> components.contains(layer.component()));
  }

  private String withoutWeakLayers() {
    return """
    INSERT INTO content
    SELECT candidate, %d, -1, %s, b.apart, origin, per_act, per_count, pattern & ~lost,
      a.quantity, %s, %s
    FROM step a JOIN (
      SELECT safe.*, coalesce(lost, 0) AS lost FROM safe LEFT JOIN weak USING (candidate)) b
      USING (candidate)
    """
        .formatted(
            ordinal(),
            codes(),
            amounts("CASE WHEN pattern & lost & %d <> 0 THEN 0 ELSE %s END"::formatted),
            prefixed("a.", AtomRows.COUNTS.stream()));
  }

  private String weakLayers() {
    return """
    INSERT INTO piece
    SELECT candidate, %d, p.layer, %s, b.apart, origin, per_act, per_count, p.bit, 0, %s, %s
    FROM step a JOIN safe b USING (candidate) JOIN weak USING (candidate)
    JOIN (VALUES %s) p(layer, bit) ON pattern & lost & p.bit <> 0
    """
        .formatted(
            ordinal(),
            codes(),
            amounts("CASE WHEN p.bit & %d <> 0 THEN %s ELSE 0 END"::formatted),
            prefixed("a.", AtomRows.COUNTS.stream()),
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
