package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.groupingBy;

import fr.opendamir.disclosure.AtomRows;
import fr.opendamir.disclosure.ChangeRulesSql;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.Layer;
import fr.opendamir.disclosure.NewBlocks;
import fr.opendamir.disclosure.SafeBlockSql;
import fr.opendamir.disclosure.Stage;
import fr.opendamir.disclosure.StageAtoms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The last step of the algorithm: what is still pending when every dimension is ND is merged with
 * blocks, and all dimensions of the merged block are ND.
 *
 * <p>A reader knows that the remainder is too small for a block and that each block it joins has at
 * least the threshold. So blocks join ({@link JoiningBlocks}) until the sum leaves the remainder
 * any number: the threshold for each block that joined, and the maximum of the remainder. As in
 * {@link fr.opendamir.disclosure.PartsRule}, contributors are compared before they are limited to a
 * multiple of the largest service.
 *
 * <p>Of layers of the amounts, each is merged by itself. A layer for which the blocks of the whole
 * month do not suffice is hidden among other layers ({@link RareLayers}).
 */
final class RemainderMerge {
  private final DuckDbSession session;
  private final AtomExchange exchange;
  private final SafeBlockSql sql;
  private final DisclosurePolicy policy;
  private final ContributorWeights weights;
  private final JoiningBlocks blocks;
  private final NewBlocks made;
  private long lastBlock;

  /**
   * Prepares the merge.
   *
   * @param ordinal of the blocks that may join; blocks of earlier imports are published
   * @param made makes the merged block
   * @param lastBlock the greatest number of a block
   */
  RemainderMerge(
      DuckDbSession session,
      AtomExchange exchange,
      SafeBlockSql sql,
      DisclosurePolicy policy,
      List<CodeColumn> columns,
      ContributorWeights weights,
      int ordinal,
      NewBlocks made,
      long lastBlock) {
    this.session = session;
    this.exchange = exchange;
    this.sql = sql;
    this.made = made;
    this.lastBlock = lastBlock;
    this.policy = policy;
    this.weights = weights;
    this.blocks = new JoiningBlocks(session, columns, ordinal);
  }

  /**
   * Merges what a stage left over.
   *
   * @throws TooFewContributorsException if the merged block would reveal too few contributors
   */
  void merge(Stage stage, StageAtoms atoms, int[] left) {
    if (stage == Stage.BLOCKS) {
      mergeAtoms(atoms, left);
    } else {
      mergePieces(atoms, left);
    }
  }

  private void mergeAtoms(StageAtoms atoms, int[] left) {
    if (left.length > 0) {
      if (!collect(atoms, left, Optional.empty())) {
        throw new TooFewContributorsException(policy.threshold());
      }
      publish(Stage.BLOCKS, Stage.BLOCKS);
    }
  }

  private void mergePieces(StageAtoms atoms, int[] left) {
    RareLayers rare = new RareLayers(session, weights, blocks, sql.isRevision());
    Map<Integer, List<Integer>> byLayer =
        IntStream.of(left).boxed().collect(groupingBy(atom -> exchange.layer(atoms, atom)));
    for (Layer layer : Layer.ALL) {
      if (byLayer.containsKey(layer.index())) {
        int[] some = byLayer.get(layer.index()).stream().mapToInt(Integer::intValue).toArray();
        if (collect(atoms, some, Optional.of(layer))) {
          publish(Stage.PIECES, Stage.PIECES);
        } else {
          rare.add(layer);
        }
      }
    }
    if (!rare.isEmpty()) {
      if (!rare.collect()) {
        throw new TooFewContributorsException(policy.threshold(), rare.description());
      }
      publish(Stage.PIECES, Stage.BLOCKS);
    }
  }

  /**
   * Moves what is left and the blocks that join it to the table {@code remainder}.
   *
   * @param left atoms that no recoding has made safe
   * @param layer whose pieces they are; empty for atoms with all amounts
   * @return whether it can be published
   */
  private boolean collect(StageAtoms atoms, int[] left, Optional<Layer> layer) {
    exchange.hand(atoms, left, table -> session.run(sql.remainder(JoiningBlocks.COLUMNS, table)));
    blocks.create(layer);
    long most = weights.threshold() - weights.unitsPerPerson();
    long room = weights.unitsPerPerson() * (policy.leastUncertainty() - 1);
    long needed = isSafe() ? contributors("uncapped") + room : most;
    long candidates = session.number("SELECT count(*) AS n FROM candidate");
    long joined = 0;
    boolean enough = false;
    while (joined < candidates && !enough) {
      // Few blocks suffice mostly.
      long last = Math.min(candidates, joined + Math.min(10 + joined, 100));
      long sufficient = sufficient(layer, joined + 1, last, needed);
      enough = sufficient <= last;
      long next = Math.min(sufficient, last);
      String joining =
          "block IN (SELECT block FROM candidate WHERE place BETWEEN %d AND %d)"
              .formatted(joined + 1, next);
      layer.ifPresentOrElse(p -> blocks.join(p, joining), () -> blocks.join(joining));
      joined = next;
    }
    blocks.drop();
    // Without further candidates everything has joined. A change that nothing joins may be one
    // atom.
    return isSafe() && (!sql.isRevision() || joined > 0);
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
    return session.number(
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

  private boolean isSafe() {
    return contributors("units") >= weights.threshold();
  }

  private long contributors(String counted) {
    return session.number(
        "SELECT %s AS n FROM (%s)".formatted(counted, weights.units("", "remainder")));
  }

  /**
   * Makes a block of the remainder.
   *
   * @param stage in which it is made
   * @param counted what must not be few in the cell of all that has no codes
   */
  private void publish(Stage stage, Stage counted) {
    lastBlock++;
    long[] lost = new long[1];
    if (sql.rules().isPresent()) {
      ChangeRulesSql rules = sql.rules().get();
      rules.ofRemainder(counted, lastBlock).forEach(session::run);
      if (session.holdsRows("held")) {
        throw new TooFewContributorsException(policy.threshold());
      }
      if (stage == Stage.BLOCKS) {
        session.forEach(rules.lostLayers(policy, true), row -> lost[0] = row.getLong(2));
      }
      rules.end().forEach(session::run);
    }
    exchange
        .readMerged()
        .forEach((layer, rows) -> made.makeWithoutCodes(lastBlock, layer, rows, lost[0]));
    made.drain(exchange::write);
    session.run("DROP TABLE remainder");
  }
}
