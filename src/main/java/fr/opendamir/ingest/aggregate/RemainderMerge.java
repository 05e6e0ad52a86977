package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.disclosure.AtomRows;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.Layer;
import fr.opendamir.disclosure.RemainderSql;
import fr.opendamir.disclosure.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The last step of the algorithm: what is still pending when every dimension is ND is merged with
 * blocks, and all dimensions of the merged block are ND.
 *
 * <p>A reader knows that the remainder is too small for a block and that each block it joins has at
 * least the threshold. So blocks join until the sum leaves the remainder any number: the threshold
 * for each block that joined, and the maximum of the remainder. As in {@link
 * fr.opendamir.disclosure.PartsRule}, contributors are compared before they are limited to a
 * multiple of the largest service. The order in which they join does not depend on their amounts:
 * those with acts come first, because lines without acts do not count beside acts, then those that
 * disclose least.
 */
final class RemainderMerge {
  /** The {@code layer} of rows with all amounts. */
  private static final int ALL_AMOUNTS = -1;

  private static final String MEMBER =
      "layer, origin, per_act, per_count, pattern, " + AtomRows.sums().collect(joining(", "));

  private final DuckDbSession session;
  private final RemainderSql sql;
  private final DisclosurePolicy policy;
  private final List<CodeColumn> columns;
  private final ContributorWeights weights;
  private final int ordinal;

  /**
   * Prepares the merge.
   *
   * @param ordinal of the blocks that may join; blocks of earlier imports are published
   */
  RemainderMerge(
      DuckDbSession session,
      RemainderSql sql,
      DisclosurePolicy policy,
      List<CodeColumn> columns,
      ContributorWeights weights,
      int ordinal) {
    this.session = session;
    this.sql = sql;
    this.policy = policy;
    this.columns = columns;
    this.weights = weights;
    this.ordinal = ordinal;
  }

  /**
   * Merges what a stage left over.
   *
   * @throws TooFewContributorsException if the merged block would tell of too few contributors
   */
  void merge(Stage stage) {
    if (stage == Stage.BLOCKS) {
      if (!left().isEmpty()) {
        if (!collect(Optional.empty())) {
          throw new TooFewContributorsException(policy.threshold());
        }
        publish(stage);
      }
    } else {
      mergePieces();
    }
  }

  private void mergePieces() {
    session.run("CREATE TABLE hidden AS SELECT %s FROM content LIMIT 0".formatted(MEMBER));
    List<Layer> rare = new ArrayList<>();
    Set<Integer> left = left();
    for (Layer layer : Layer.ALL) {
      if (left.contains(layer.index())) {
        if (collect(Optional.of(layer))) {
          publish(Stage.PIECES);
        } else {
          rare.add(layer);
          session.run("INSERT INTO hidden SELECT * FROM remainder");
          session.run("DROP TABLE remainder");
        }
      }
    }
    if (!rare.isEmpty()) {
      hide(rare);
    }
  }

  /** The layers of what is pending; {@link #ALL_AMOUNTS} is one. */
  private Set<Integer> left() {
    Set<Integer> left = new HashSet<>();
    session.forEach("SELECT DISTINCT layer FROM pending", row -> left.add(row.getInt("layer")));
    return left;
  }

  /**
   * Moves what is pending and the blocks that join it to the table {@code remainder}.
   *
   * @return whether it can be published
   */
  private boolean collect(Optional<Layer> layer) {
    session.run(
        """
        -- name: what is left
        CREATE TABLE remainder AS
        SELECT %s FROM atom_row WHERE layer = %d AND atom IN (SELECT atom FROM pending)
        """
            .formatted(MEMBER, layer.map(Layer::index).orElse(ALL_AMOUNTS)));
    session.run(candidates(layer));
    long most = weights.threshold() - weights.unitsPerPerson();
    long room = weights.unitsPerPerson() * (policy.leastUncertainty() - 1);
    long needed = isSafe() ? contributors("uncapped") + room : most;
    long candidates = number("SELECT count(*) AS n FROM candidate");
    long joined = 0;
    boolean enough = false;
    while (joined < candidates && !enough) {
      // Few blocks suffice mostly.
      long last = Math.min(candidates, joined + Math.min(10 + joined, 100));
      long sufficient = sufficient(layer, joined + 1, last, needed);
      enough = sufficient <= last;
      long next = Math.min(sufficient, last);
      String blocks =
          "block IN (SELECT block FROM candidate WHERE place BETWEEN %d AND %d)"
              .formatted(joined + 1, next);
      layer.ifPresentOrElse(p -> takeOut(p, blocks), () -> join(blocks));
      joined = next;
    }
    session.run("DROP TABLE candidate");
    // Without further candidates everything has joined. A change that nothing joins may be one
    // atom.
    return isSafe() && (ordinal == 0 || joined > 0);
  }

  /** The first of some candidates with which enough has joined; a larger number if none is. */
  private long sufficient(Optional<Layer> layer, long first, long last, long needed) {
    String counted = "origin, per_act, per_count, " + String.join(", ", AtomRows.COUNTS);
    String rows =
        """
        (SELECT joined, rows.* FROM range(%d, %d) n(joined) JOIN (
          SELECT 0 AS place, %s FROM remainder
          UNION ALL
          SELECT place, %s FROM content JOIN (
            SELECT block, place FROM candidate WHERE place BETWEEN %d AND %d) USING (block)
          WHERE %s) rows ON place <= joined)
        """
            .formatted(
                first,
                last + 1,
                counted,
                counted,
                first,
                last,
                layer.map(p -> "pattern & %d <> 0".formatted(p.bit())).orElse("true"));
    return number(
        """
        SELECT coalesce(min(joined), %d) AS n FROM (%s)
        WHERE units >= %d AND uncapped >= joined * %d + %d
        """
            .formatted(
                Long.MAX_VALUE,
                weights.units("joined", rows),
                weights.threshold(),
                weights.threshold(),
                needed));
  }

  /**
   * Hides layers that too few contributors of the whole month have, in the table {@code hidden}, in
   * one block without codes, which blocks join until their other layers hide them: no combination
   * of its amounts tells a rare layer alone. Where no blocks suffice, the totals of the month tell
   * the layer anyway; a change is then refused.
   */
  private void hide(List<Layer> rare) {
    session.run("CREATE TABLE remainder AS SELECT * FROM hidden");
    session.run(candidates(Optional.empty()));
    record Candidate(long block, long pattern) {}
    List<Candidate> candidates = new ArrayList<>();
    // Changes with codes stay: others were accepted because of them.
    session.forEach(
        "SELECT arg_min(block, place) AS block, pattern FROM candidate WHERE %s GROUP BY pattern ORDER BY min(place)"
            .formatted(ordinal > 0 ? "without_codes" : "true"),
        row -> candidates.add(new Candidate(row.getLong("block"), row.getLong("pattern"))));
    session.run("DROP TABLE candidate");
    List<Layer> others = new ArrayList<>();
    boolean safe = false;
    boolean hidden = false;
    for (Candidate candidate : candidates) {
      boolean adds = layers(candidate.pattern).anyMatch(p -> !p.isHiddenAmong(others));
      if (!hidden && (!safe || adds)) {
        join("block = " + candidate.block);
        Set<Layer> few = new HashSet<>(rare);
        others.clear();
        joinedLayers()
            .forEach(
                (layer, units) -> {
                  if (units < weights.threshold()) {
                    few.add(layer);
                  } else if (!few.contains(layer)) {
                    others.add(layer);
                  }
                });
        safe =
            number(
                    "SELECT units AS n FROM (%s)"
                        .formatted(weights.units("", "(FROM remainder WHERE layer < 0)")))
                >= weights.threshold();
        hidden = safe && few.stream().allMatch(p -> p.isHiddenAmong(others));
      }
    }
    if (!safe || (ordinal > 0 && !hidden)) {
      throw new TooFewContributorsException(policy.threshold(), rare.get(0).description());
    }
    publish(Stage.BLOCKS);
  }

  /** The contributors, in units, of each layer of the blocks in the remainder. */
  private Map<Layer, Long> joinedLayers() {
    Map<Layer, Long> units = new LinkedHashMap<>();
    session.forEach(
        weights.units(
            "index",
            """
            (SELECT index, remainder.* FROM remainder CROSS JOIN (VALUES %s) p(index, bit)
             WHERE layer < 0 AND pattern & bit <> 0)
            """
                .formatted(
                    Layer.ALL.stream()
                        .map(p -> "(%d, %d)".formatted(p.index(), p.bit()))
                        .collect(joining(", ")))),
        row -> units.put(Layer.ALL.get(row.getInt("index")), row.getLong("units")));
    return units;
  }

  private static Stream<Layer> layers(long pattern) {
    return Layer.ALL.stream().filter(layer -> (pattern & layer.bit()) != 0);
  }

  private String candidates(Optional<Layer> layer) {
    String detailLost =
        columns.stream()
            .map(
                column ->
                    "(any_value(%s) IN (%s))::INTEGER"
                        .formatted(
                            column.name(),
                            Stream.concat(
                                    Stream.of(ReservedCodes.NOT_DISCLOSED),
                                    column.words().stream().filter(ReservedCodes::isNotDisclosed))
                                .map(column::literal)
                                .collect(joining(", "))))
            .collect(joining(" + "));
    return """
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
            detailLost,
            columns.stream().map(c -> "any_value(" + c.name() + ")").collect(joining(", ")),
            ordinal,
            layer
                .map(p -> "layer IN (-1, %d) AND pattern & %d <> 0".formatted(p.index(), p.bit()))
                .orElse("layer < 0"));
  }

  private void join(String blocks) {
    session.run("INSERT INTO remainder SELECT %s FROM content WHERE %s".formatted(MEMBER, blocks));
    session.run("DELETE FROM content WHERE " + blocks);
  }

  /** Takes a layer of the amounts out of blocks, into the remainder. */
  private void takeOut(Layer layer, String blocks) {
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

  /**
   * Publishes the remainder.
   *
   * @param counted what must not be few in the cell of all that has no codes
   */
  private void publish(Stage counted) {
    sql.start().forEach(session::run);
    if (sql.held(counted).filter(held -> session.holdsRows("(" + held + ")")).isPresent()) {
      throw new TooFewContributorsException(policy.threshold());
    }
    sql.finish().forEach(session::run);
  }

  private boolean isSafe() {
    return contributors("units") >= weights.threshold();
  }

  private long contributors(String counted) {
    return number("SELECT %s AS n FROM (%s)".formatted(counted, weights.units("", "remainder")));
  }

  private long number(String query) {
    long[] number = new long[1];
    session.forEach(query, row -> number[0] = row.getLong("n"));
    return number[0];
  }
}
