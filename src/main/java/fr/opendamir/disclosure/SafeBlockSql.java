package fr.opendamir.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The safe-block algorithm as SQL for the import's analytical database: the order of its steps. An
 * atom is all rows of equal codes. The steps of one {@link Stage} are
 *
 * <ol>
 *   <li>{@link #start}: the rows of the atoms ({@link StageTables});
 *   <li>{@link #acceptAtoms}: an atom with enough contributors becomes a block;
 *   <li>for each recoding of the policy {@link #find}, which groups the atoms that are left by the
 *       codes that the recoding keeps ({@link SafeGroups}), then {@link #recode} or {@link #skip}:
 *       a group with enough contributors becomes a block, unless a rule holds it back ({@link
 *       HeldGroups});
 *   <li>{@link #acceptRecoded}: a block has every code that all its atoms share ({@link
 *       SharedCodes}); layers of its amounts that too few contributors have are taken out of it
 *       ({@link BlockRows});
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
 * <p>The rows of a stage stay in {@code atom_row} with all their amounts. The recodings, which read
 * their table often, see {@code pending}: what is not in a block yet, one narrow row for each atom
 * and service. What they group goes to {@code accepted}, of which all rows of blocks are made at
 * once; in a revision, whose rules read the blocks that are made, after each recoding. What could
 * not be made safe stays in {@code pending}.
 *
 * <p>Invariants: {@code content}, {@code piece} and the rows of {@code pending} together add up to
 * {@code line_sum} between two stages, and every block has at least the threshold of contributors,
 * counted on all its rows and on the rows of each layer. Every statement is a plain GROUP BY, so
 * the result depends neither on the order of lines nor on the number of threads.
 */
public final class SafeBlockSql {
  private final Stage stage;
  private final boolean isRevision;
  private final StageTables tables;
  private final SafeGroups groups;
  private final HeldGroups held;
  private final SharedCodes codes;
  private final BlockRows blocks;
  private final RemainderSql remainder;

  /** The keys of the recodings done, see {@link SafeGroups#keys}. */
  private final List<List<String>> done = new ArrayList<>();

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
      ContributorWeights weights,
      AtomRows rows,
      AtomKey key,
      Optional<RevisionSql> revision) {
    this.stage = stage;
    this.isRevision = revision.isPresent();
    this.tables = new StageTables(stage, columns, rows, key, isRevision);
    this.groups = new SafeGroups(stage, columns, weights, key);
    this.codes = new SharedCodes(columns, rows, key, isRevision);
    this.held =
        new HeldGroups(
            stage,
            policy.largestShare(),
            new PartsRule(weights, key, policy.leastUncertainty()),
            codes,
            rows,
            revision);
    this.blocks = new BlockRows(stage, policy.components(), weights, rows, revision);
    this.remainder = new RemainderSql(columns, blocks, revision);
  }

  /** Creates the output tables, and {@code pending} with what the stage makes blocks of. */
  public List<String> start() {
    return tables.create();
  }

  /**
   * Makes blocks of single atoms. The second stage has no such step, because a piece is of a whole
   * block already.
   */
  public List<String> acceptAtoms() {
    List<String> statements = new ArrayList<>();
    if (stage == Stage.BLOCKS) {
      statements.add(groups.find(SafeGroups.ATOM));
      statements.add(groups.members(SafeGroups.ATOM));
      statements.addAll(held.holdBackAtoms());
      statements.add(SafeGroups.REMOVE_MEMBERS);
      if (!isRevision) {
        statements.addAll(codes.ofGroups(SafeGroups.ATOM));
      }
      statements.addAll(blocks.ofAtoms());
      statements.addAll(HeldGroups.DROPS);
    }
    return statements;
  }

  /**
   * The first half of one recoding: finds the groups of pending atoms that agree in the codes it
   * keeps and are safe. If the table {@code found} has any, {@link #recode} makes blocks of them;
   * otherwise {@link #skip} ends the recoding.
   */
  public String find(Recoding recoding) {
    return groups.find(groups.keys(recoding));
  }

  /**
   * The second half of one recoding: the groups become blocks, unless a rule holds them back. A
   * block keeps every code that all its atoms share.
   */
  public List<String> recode(Recoding recoding) {
    List<String> keys = groups.keys(recoding);
    List<String> statements = new ArrayList<>();
    statements.add(groups.members(keys));
    statements.addAll(held.holdBackGroups(keys, done));
    statements.add(SafeGroups.REMOVE_MEMBERS);
    if (isRevision) {
      statements.addAll(blocks.ofGroups());
    } else {
      statements.add("INSERT INTO accepted FROM member");
      statements.add("DROP TABLE member");
    }
    statements.addAll(HeldGroups.DROPS);
    done.add(keys);
    return statements;
  }

  /** Ends a recoding in which no group is safe. */
  public String skip(Recoding recoding) {
    done.add(groups.keys(recoding));
    return "DROP TABLE found";
  }

  /** Makes the blocks of all groups of the recodings. A revision has made them already. */
  public List<String> acceptRecoded() {
    List<String> statements = new ArrayList<>();
    if (!isRevision) {
      statements.add("ALTER TABLE accepted RENAME TO member");
      statements.addAll(codes.ofGroups(List.of()));
      statements.addAll(blocks.ofGroups());
      statements.add(StageTables.ACCEPTED);
    }
    return statements;
  }

  /** The last step, for what is still pending. */
  public RemainderSql remainder() {
    return remainder;
  }
}
