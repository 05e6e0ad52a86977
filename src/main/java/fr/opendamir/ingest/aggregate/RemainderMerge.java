package fr.opendamir.ingest.aggregate;

import fr.opendamir.disclosure.AtomRows;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.Layer;
import fr.opendamir.disclosure.RemainderSql;
import fr.opendamir.disclosure.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
  /** The {@code layer} of rows with all amounts. */
  private static final int ALL_AMOUNTS = -1;

  private final DuckDbSession session;
  private final RemainderSql sql;
  private final DisclosurePolicy policy;
  private final ContributorWeights weights;
  private final JoiningBlocks blocks;
  private final boolean isRevision;
  private final Runnable findLost;

  /**
   * Prepares the merge.
   *
   * @param ordinal of the blocks that may join; blocks of earlier imports are published
   * @param findLost finds the layers that the rows of new blocks lose
   */
  RemainderMerge(
      DuckDbSession session,
      RemainderSql sql,
      DisclosurePolicy policy,
      List<CodeColumn> columns,
      ContributorWeights weights,
      int ordinal,
      Runnable findLost) {
    this.session = session;
    this.findLost = findLost;
    this.sql = sql;
    this.policy = policy;
    this.weights = weights;
    this.blocks = new JoiningBlocks(session, columns, ordinal);
    this.isRevision = ordinal > 0;
  }

  /**
   * Merges what a stage left over.
   *
   * @throws TooFewContributorsException if the merged block would reveal too few contributors
   */
  void merge(Stage stage) {
    if (stage == Stage.BLOCKS) {
      mergeAtoms();
    } else {
      mergePieces();
    }
  }

  private void mergeAtoms() {
    if (!left().isEmpty()) {
      if (!collect(Optional.empty())) {
        throw new TooFewContributorsException(policy.threshold());
      }
      publish(Stage.BLOCKS);
    }
  }

  private void mergePieces() {
    RareLayers rare = new RareLayers(session, weights, blocks, isRevision);
    Set<Integer> left = left();
    for (Layer layer : Layer.ALL) {
      if (left.contains(layer.index())) {
        if (collect(Optional.of(layer))) {
          publish(Stage.PIECES);
        } else {
          rare.add(layer);
        }
      }
    }
    if (!rare.isEmpty()) {
      if (!rare.collect()) {
        throw new TooFewContributorsException(policy.threshold(), rare.description());
      }
      publish(Stage.BLOCKS);
    }
  }

  /** The layers of what is pending; {@link #ALL_AMOUNTS} is one. */
  private Set<Integer> left() {
    Set<Integer> left = new HashSet<>();
    session.forEach(
        "SELECT DISTINCT layer FROM atom_row SEMI JOIN pending USING (atom)",
        row -> left.add(row.getInt("layer")));
    return left;
  }

  /**
   * Moves what is pending and the blocks that join it to the table {@code remainder}.
   *
   * @param layer whose pieces are pending; empty for atoms
   * @return whether it can be published
   */
  private boolean collect(Optional<Layer> layer) {
    session.run(
        """
        -- name: what is left
        CREATE TABLE remainder AS
        SELECT %s FROM atom_row WHERE layer = %d AND atom IN (SELECT atom FROM pending)
        """
            .formatted(JoiningBlocks.COLUMNS, layer.map(Layer::index).orElse(ALL_AMOUNTS)));
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
    return isSafe() && (!isRevision || joined > 0);
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
   * @param counted what must not be few in the cell of all that has no codes
   */
  private void publish(Stage counted) {
    sql.start().forEach(session::run);
    if (sql.held(counted).filter(held -> session.holdsRows("(" + held + ")")).isPresent()) {
      throw new TooFewContributorsException(policy.threshold());
    }
    findLost.run();
    sql.finish().forEach(session::run);
  }
}
