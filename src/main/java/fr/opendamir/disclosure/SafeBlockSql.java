package fr.opendamir.disclosure;

import fr.opendamir.catalog.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The safe-block algorithm: the order of its steps, and what it does in the import's analytical
 * database, as SQL. An atom is all rows of equal codes. The steps of one {@link Stage} are
 *
 * <ol>
 *   <li>{@link #start}: the rows of the atoms ({@link StageTables}), which {@link #atoms} reads;
 *   <li>{@link GroupSearch#single}: an atom with enough contributors becomes a block;
 *   <li>for each recoding of the policy {@link GroupSearch#recoded}: the atoms that are left are
 *       grouped by the codes that the recoding keeps; a group with enough contributors becomes a
 *       block, unless a rule holds it back;
 *   <li>{@link #rows}, then {@link #blocks}: a block has every code that all its atoms share
 *       ({@link SharedCodes}); layers of its amounts that too few contributors have are taken out
 *       of it ({@link LostLayers}, {@link BlockRows});
 *   <li>{@link #remainder}: what is left after the last recoding joins blocks.
 * </ol>
 *
 * <p>Input tables: {@code line_sum} (dimensions, {@code traits} by {@link LineTraits}, the six
 * sums, {@code counted}: trips, stays or payments, {@code bare}: lines without quantity, {@code
 * top_charged} and {@code top_reimbursed}: the largest amount of a line of at most two
 * contributors) and, for each dimension with groups, its {@link CodeColumn#codeTable}.
 *
 * <p>Output: {@code content}, the rows of the blocks by original service and pattern ({@code block}
 * names the block, {@code layer} is -1 for blocks of all amounts), and {@code piece}, the {@link
 * Layer layers} that were taken out of blocks, which the second stage makes blocks of.
 *
 * <p>The rows of a stage stay in {@code atom_row} with all their amounts; the search for groups has
 * what it counts in memory ({@link PendingAtoms}). What it puts in blocks goes to the table {@link
 * #MEMBER}, of which all blocks of the stage are made at once; in a revision, whose rules read the
 * blocks that are made ({@link #rules}), after each recoding. What could not be made safe goes to
 * {@link #PENDING}.
 *
 * <p>Invariants: {@code content}, {@code piece} and the rows of pending atoms together add up to
 * {@code line_sum} between two stages, and every block has at least the threshold of contributors,
 * counted on all its rows and on the rows of each layer. Every statement is a plain GROUP BY, so
 * the result depends neither on the order of lines nor on the number of threads.
 */
public final class SafeBlockSql {
  /** The table of atoms that become blocks. */
  public static final String MEMBER = "member (candidate BIGINT, atom BIGINT)";

  /** The table of atoms that no recoding makes safe. */
  public static final String PENDING = "pending (atom BIGINT)";

  /** The table of blocks that lose layers in the first stage. */
  public static final String LOST = "lost (candidate BIGINT, layers BIGINT)";

  /** Selects what {@link LostLayers.Row} has, in its order, of the rows of new blocks. */
  public static final String ROWS =
      """
      SELECT candidate, origin, pattern, acts * per_act, counted * per_count, bare
      FROM step ORDER BY candidate, origin
      """;

  /** Selects the blocks of {@link #MEMBER} that {@link #rules} hold back. */
  public static final String HELD = "SELECT candidate FROM held";

  private final Stage stage;
  private final List<CodeColumn> columns;
  private final AtomRows rows;
  private final AtomKey key;
  private final StageTables tables;
  private final SharedCodes codes;
  private final BlockRows blocks;
  private final RemainderSql remainder;
  private final Optional<RevisionSql> revision;

  /**
   * Renders one stage of the algorithm.
   *
   * @param key of the atoms
   * @param revision additional rules for the change of a published month; empty for a first import
   */
  public SafeBlockSql(
      Stage stage,
      DisclosurePolicy policy,
      List<CodeColumn> columns,
      AtomRows rows,
      AtomKey key,
      Optional<RevisionSql> revision) {
    this.stage = stage;
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.key = key;
    this.tables = new StageTables(stage, columns, rows, key, revision.isPresent());
    this.codes = new SharedCodes(columns, rows, key, revision.isPresent());
    this.blocks = new BlockRows(stage, policy.components(), rows, revision);
    this.remainder = new RemainderSql(columns, blocks, revision);
    this.revision = revision;
  }

  public Stage stage() {
    return stage;
  }

  /** Creates the output tables, and {@code atom_row} with what the stage makes blocks of. */
  public List<String> start() {
    return tables.create();
  }

  /** Selects what {@link PendingAtoms.Row} has, in its order. */
  public String atoms() {
    return tables.atoms();
  }

  /** Selects the greatest number of a block. */
  public String lastBlock() {
    return """
    SELECT greatest((SELECT coalesce(max(block), 0) FROM content),
      (SELECT coalesce(max(block), 0) FROM piece))
    """;
  }

  /** The fields of the key in which the atoms of a group agree. */
  public AtomKey.Mask mask(Recoding recoding) {
    return key.mask(keys(recoding));
  }

  private List<String> keys(Recoding recoding) {
    List<String> keys = new ArrayList<>();
    for (CodeColumn column : columns) {
      if (recoding.keeps(column.dimension())) {
        keys.add(column.name());
      } else if (recoding.keepsGroup(column.dimension())) {
        column.groups().map(Level::id).ifPresent(keys::add);
      }
    }
    if (stage == Stage.PIECES) {
      keys.add(AtomKey.LAYER);
    }
    if (!recoding.givesUpEverything()) {
      keys.add(AtomKey.APART);
    }
    return keys;
  }

  /**
   * In a revision, before {@link #blocks}: compares the groups in {@link #MEMBER} with what is
   * published, and removes those that leave too few contributors; {@link #HELD} selects them.
   *
   * @param recoding by which they were found; empty for single atoms
   */
  public List<String> rules(Optional<Recoding> recoding) {
    Optional<List<String>> keys = recoding.map(this::keys);
    RevisionSql rules = revision.orElseThrow();
    List<String> statements = new ArrayList<>(codes.ofGroups(keys));
    statements.add(rules.match(keys.orElseGet(() -> rows.names().toList())));
    statements.add(
        "-- name: groups that are held back\nCREATE TABLE held AS "
            + rules.held(stage)
            + (recoding.isPresent() ? " UNION " + rules.oneAtom() : ""));
    statements.add("DELETE FROM member WHERE candidate IN (SELECT candidate FROM held)");
    return statements;
  }

  /** Creates the rows of the blocks of the groups in {@link #MEMBER}, which {@link #ROWS} reads. */
  public List<String> rows() {
    List<String> statements = new ArrayList<>();
    if (revision.isEmpty()) {
      statements.addAll(codes.ofGroups(Optional.empty()));
    }
    statements.add(BlockRows.rows());
    return statements;
  }

  /**
   * Makes the blocks, without the layers in {@link #LOST}.
   *
   * @param recoding in a revision, by which they were found; empty for single atoms
   */
  public List<String> blocks(Optional<Recoding> recoding) {
    List<String> statements = new ArrayList<>(blocks.blocks(recoding.isEmpty()));
    statements.add("DROP TABLE IF EXISTS held");
    return statements;
  }

  /** The last step, for what is still pending. */
  public RemainderSql remainder() {
    return remainder;
  }
}
