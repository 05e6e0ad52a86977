package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.ReservedCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The safe-block algorithm: the order of its steps, and what it reads from the import's analytical
 * database and writes to it, as SQL. An atom is all rows of equal codes. The steps of one {@link
 * Stage} are
 *
 * <ol>
 *   <li>{@link GroupSearch#single}: an atom with enough contributors becomes a block;
 *   <li>for each recoding of the policy {@link GroupSearch#recoded}: the atoms that are left are
 *       grouped by the codes that the recoding keeps; a group with enough contributors becomes a
 *       block, unless a rule holds it back;
 *   <li>{@link NewBlocks#make}: a block has every code that all its atoms share; layers of its
 *       amounts that too few contributors have are taken out of it;
 *   <li>{@link #remainder}: what is left after the last recoding joins blocks.
 * </ol>
 *
 * <p>The first stage has the {@link #atoms} of the month, the second the layers that were taken out
 * of blocks. Atoms are in memory ({@link StageAtoms}). Blocks are made in memory and added to
 * {@link #content} at the end of a stage; in a revision, whose rules read the blocks that are made
 * ({@link ChangeRulesSql}), after each recoding. What no recoding makes safe is handed over as the
 * table {@code remainder}, because blocks that join it are in {@code content}.
 *
 * <p>Invariants: between two stages {@code content}, published blocks of a revision aside, and the
 * layers taken out together add up to {@code line_sum}, and every block has at least the threshold
 * of contributors, counted on all its rows and on the rows of each layer. The result depends
 * neither on the order of lines nor on the number of threads.
 *
 * <p>Input tables: {@code line_sum} (dimensions, {@code traits} by {@link LineTraits}, the six
 * sums, {@code counted}: trips, stays or payments, {@code bare}: lines without quantity, {@code
 * top_charged} and {@code top_reimbursed}: the largest amount of a line of at most two
 * contributors) and, for each dimension with groups, its {@link CodeColumn#codeTable}.
 *
 * <p>Output: {@code content}, the rows of the blocks by original service and pattern ({@code block}
 * names the block, {@code layer} is -1 for blocks of all amounts).
 *
 * <p>Rows that are handed over to the database are a table of whole numbers, which a parameter
 * named {@code handed} renders.
 */
public final class SafeBlockSql {
  /** The columns of rows that are handed over: of a block, see {@link NewBlocks}. */
  public static final List<String> BLOCK_COLUMNS =
      Stream.concat(
              Stream.of("block", "layer", "high", "low", "service", "pattern"),
              NewBlocks.sums().stream())
          .toList();

  private final List<CodeColumn> columns;
  private final CodeColumn services;
  private final AtomRows rows;
  private final AtomKey key;
  private final Optional<RevisionSql> revision;
  private final Optional<ChangeRulesSql> rules;

  /**
   * Renders the algorithm.
   *
   * @param key of the atoms
   * @param revision additional rules for the change of a published month; empty for a first import
   */
  public SafeBlockSql(
      List<CodeColumn> columns, AtomRows rows, AtomKey key, Optional<RevisionSql> revision) {
    this.columns = List.copyOf(columns);
    this.services = CodeColumn.of(Dimension.SERVICE, columns);
    this.rows = rows;
    this.key = key;
    this.revision = revision;
    this.rules = revision.map(some -> new ChangeRulesSql(rows, key, some));
  }

  /**
   * Creates {@code content}, unless it has the published blocks of a revision, and {@code
   * weight_of_service} with the number and the weights of each service of the atoms.
   */
  public List<String> start() {
    List<String> statements = new ArrayList<>();
    statements.add(
        """
        CREATE TABLE IF NOT EXISTS content (block BIGINT, ordinal INTEGER, layer INTEGER, %s,
          apart INTEGER, origin %s, per_act BIGINT, per_count BIGINT, pattern BIGINT, %s)
        """
            .formatted(
                columns.stream().map(c -> c.name() + " " + c.sqlType()).collect(joining(", ")),
                services.sqlType(),
                AtomRows.sums().map(name -> name + " BIGINT").collect(joining(", "))));
    statements.addAll(key.types("line_sum"));
    statements.add(
        """
        CREATE TABLE weight_of_service AS SELECT %s AS service, per_act,
          CASE WHEN per_count = 0 THEN per_act ELSE per_count END AS per_count
        FROM %s SEMI JOIN line_sum USING (%s)
        """
            .formatted(
                key.encoded(services.name(), services.name()),
                services.codeTable(),
                services.name()));
    return statements;
  }

  /** Selects number, units of an act and units of a payment of each service. */
  public String weights() {
    return "FROM weight_of_service";
  }

  /** Selects the number of ND in the field of each column. */
  public String notDisclosed() {
    return "SELECT "
        + columns.stream()
            .map(c -> key.encoded(c.name(), c.literal(ReservedCodes.NOT_DISCLOSED)))
            .collect(joining(", "));
  }

  /**
   * Selects the rows of the atoms, in the order of their keys: the key in two halves, pattern,
   * counts, values of layers, then the largest charge and reimbursement of a line. What follows
   * from other columns is left out: the database holds all rows while they are read.
   *
   * @param condition on {@code line_sum}: {@code true} for all, or one of {@link #parts}
   */
  public String atoms(String condition) {
    return """
    -- name: the rows of the atoms
    SELECT %s, %s, pattern::INTEGER, %s, top_charged, top_reimbursed
    FROM (SELECT *, %s AS key FROM (SELECT *, -1 AS layer FROM (%s))) ORDER BY key, pattern
    """
        .formatted(
            AtomKey.Mask.high("key"),
            AtomKey.Mask.low("key"),
            String.join(", ", NewBlocks.sums()),
            key.expression(),
            file("(FROM line_sum WHERE %s)".formatted(condition)));
  }

  /**
   * Selects conditions on {@code line_sum} that divide its rows into parts, of which each has
   * greater keys than the one before: by the code that the key begins with.
   */
  public String parts() {
    CodeColumn first = columns.get(0);
    return "SELECT '%1$s = ' || %2$s FROM (SELECT DISTINCT %1$s FROM line_sum) ORDER BY %1$s"
        .formatted(
            first.name(),
            first.numeric() ? first.name() : "format('''{}''', %s)".formatted(first.name()));
  }

  /** The rows of the atoms of a table of lines; in a revision, of what changed. */
  private String file(String lines) {
    return rows.from(revision.isPresent() ? lines : AtomRows.layered(lines));
  }

  /** Renders the rows of the whole file, as a table. */
  public String wholeFile() {
    return revision.isPresent() ? "whole" : "(" + file("line_sum") + ")";
  }

  /** Selects the greatest number of a block. */
  public String lastBlock() {
    return "SELECT coalesce(max(block), 0) FROM content";
  }

  /**
   * Adds rows of blocks.
   *
   * @param handed rows with {@link #BLOCK_COLUMNS}
   */
  public String content(String handed) {
    return """
    -- name: the rows of new blocks
    INSERT INTO content
    SELECT block, %d, layer, %s, %s, %s AS origin, per_act, per_count, pattern,
      CASE WHEN layer < 0 THEN acts ELSE 0 END, %s, %s
    FROM %s JOIN weight_of_service USING (service)
    """
        .formatted(
            revision.map(RevisionSql::ordinal).orElse(0),
            key.codes(),
            key.value(AtomKey.APART, "high", "low"),
            key.decoded(services.name(), "service"),
            String.join(", ", Layer.columns()),
            String.join(", ", AtomRows.COUNTS),
            handed);
  }

  /** The fields of the key in which the atoms of a group agree. */
  public AtomKey.Mask mask(Stage stage, Recoding recoding) {
    return key.mask(key.fields(stage, recoding));
  }

  /**
   * Creates {@code remainder}, what is left over.
   *
   * @param remainderColumns its columns
   * @param handed rows with {@link HandedAtoms#COLUMNS}
   */
  public String remainder(String remainderColumns, String handed) {
    return "-- name: what is left\nCREATE TABLE remainder AS "
        + new HandedAtoms(key).rows(remainderColumns, handed);
  }

  /**
   * Selects the rows of {@code remainder}: layer, service, pattern, counts and values of layers.
   */
  public String merged() {
    return """
    -- name: the rows of the merged block
    SELECT layer, %s, pattern, %s FROM remainder GROUP BY layer, origin, pattern ORDER BY layer, 2, 3
    """
        .formatted(
            key.encoded(services.name(), "origin"),
            NewBlocks.sums().stream()
                .map("sum(%1$s)::BIGINT AS %1$s"::formatted)
                .collect(joining(", ")));
  }

  /** The key of the atoms. */
  public AtomKey key() {
    return key;
  }

  /** The rules of a revision; empty for a first import. */
  public Optional<ChangeRulesSql> rules() {
    return rules;
  }

  /** Whether the month is published already. */
  public boolean isRevision() {
    return revision.isPresent();
  }
}
