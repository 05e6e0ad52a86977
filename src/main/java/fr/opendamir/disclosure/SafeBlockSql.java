package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
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
 * ({@link #rules}), after each recoding. What no recoding makes safe is handed over as the table
 * {@code remainder}, because blocks that join it are in {@code content}.
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
  /** Selects the blocks that {@link #rules} hold back. */
  public static final String HELD = "SELECT candidate FROM held";

  /** The columns of rows that are handed over: of a block, see {@link NewBlocks}. */
  public static final List<String> BLOCK_COLUMNS =
      Stream.concat(
              Stream.of("block", "layer", "high", "low", "service", "pattern"),
              NewBlocks.sums().stream())
          .toList();

  /** The columns of rows that are handed over: of an atom, see {@link StageAtoms}. */
  public static final List<String> ATOM_COLUMNS =
      Stream.concat(Stream.of("atom", "layer", "service", "pattern"), NewBlocks.sums().stream())
          .toList();

  public static final List<String> MEMBER_COLUMNS = List.of("candidate", "atom");

  /** The columns of {@link NewBlocks#heads}. */
  public static final List<String> HEAD_COLUMNS = List.of("candidate", "high", "low", "layers");

  private final List<CodeColumn> columns;
  private final CodeColumn services;
  private final AtomRows rows;
  private final AtomKey key;
  private final Optional<RevisionSql> revision;

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
            codes(),
            key.value(AtomKey.APART, "high", "low"),
            key.decoded(services.name(), "service"),
            String.join(", ", Layer.columns()),
            String.join(", ", AtomRows.COUNTS),
            handed);
  }

  private String codes() {
    return columns.stream()
        .map(column -> key.value(column.name(), "high", "low") + " AS " + column.name())
        .collect(joining(", "));
  }

  /**
   * Renders rows of atoms with the columns of {@code content} that they have.
   *
   * @param handed rows with {@link #ATOM_COLUMNS}
   */
  private String atomRows(String columnsOfRows, String handed) {
    return """
    SELECT %s FROM (
      SELECT atom, layer, %s AS origin, per_act, per_count, pattern,
        CASE WHEN layer < 0 THEN acts ELSE 0 END AS quantity, %s
      FROM %s JOIN weight_of_service USING (service))
    """
        .formatted(
            columnsOfRows,
            key.decoded(services.name(), "service"),
            String.join(", ", NewBlocks.sums()),
            handed);
  }

  /**
   * In a revision, creates the rows of the atoms of a stage for its rules.
   *
   * @param handed rows with {@link #ATOM_COLUMNS}
   */
  public String atomRows(String handed) {
    return "-- name: the rows of the atoms of a stage\nCREATE TABLE atom_row AS "
        + atomRows("*", handed);
  }

  /**
   * In a revision, compares groups with what is published; {@link #HELD} selects those that leave
   * too few contributors.
   *
   * @param recoding by which they were found; empty for single atoms
   * @param members rows with {@link #MEMBER_COLUMNS}
   * @param heads rows with {@link #HEAD_COLUMNS}
   */
  public List<String> rules(
      Stage stage, Optional<Recoding> recoding, String members, String heads) {
    Optional<List<String>> keys = recoding.map(some -> keys(stage, some));
    RevisionSql rules = revision.orElseThrow();
    return List.of(
        // A table, because DuckDB 2.0 can fail where one join reads another ("global dictionary
        // column changed identity").
        "CREATE TABLE member_row AS SELECT candidate, a.* FROM atom_row a JOIN %s USING (atom)"
            .formatted(members),
        safe(keys.orElse(List.of()), heads),
        rules.match(keys.orElseGet(() -> rows.names().toList())),
        "-- name: groups that are held back\nCREATE TABLE held AS "
            + rules.held(stage)
            + (recoding.isPresent() ? " UNION " + rules.oneAtom() : ""),
        "DELETE FROM member_row WHERE candidate IN (SELECT candidate FROM held)");
  }

  /** Creates {@code safe}: the codes of groups, and further columns that they are compared by. */
  private String safe(List<String> keys, String heads) {
    Stream<String> compared =
        Stream.concat(
            rows.grouped()
                .map(AtomRows::group)
                .filter(keys::contains)
                .map(group -> key.value(group, "high", "low") + " AS " + group),
            keys.contains(AtomKey.APART)
                ? Stream.of(key.value(AtomKey.APART, "high", "low") + " AS key_apart")
                : Stream.of());
    return """
    -- name: the codes of groups
    CREATE TABLE safe AS SELECT candidate, %s, layers FROM %s
    """
        .formatted(Stream.concat(Stream.of(codes()), compared).collect(joining(", ")), heads);
  }

  /**
   * In a revision, selects the layers that groups lose by its rules: block and bits.
   *
   * @param areSingle whether each is made of one atom, or of what no rule about atoms can refuse
   */
  public String lostByRules(DisclosurePolicy policy, boolean areSingle) {
    RevisionSql rules = revision.orElseThrow();
    String counted = LostLayers.counted(policy.components());
    String sql =
        rules.held(counted) + (areSingle ? "" : " UNION " + rules.oneAtomOfLayers(counted));
    return "SELECT candidate, bit_or(layers) FROM (%s) found(candidate, layers) GROUP BY candidate"
        .formatted(sql);
  }

  /** Removes what {@link #rules} and {@link #mergeRules} have made. */
  public List<String> endRules() {
    return List.of(
        "DROP TABLE IF EXISTS member_row",
        "DROP TABLE IF EXISTS compared",
        "DROP TABLE IF EXISTS safe",
        "DROP TABLE IF EXISTS held");
  }

  /** The fields of the key in which the atoms of a group agree. */
  public AtomKey.Mask mask(Stage stage, Recoding recoding) {
    return key.mask(keys(stage, recoding));
  }

  private List<String> keys(Stage stage, Recoding recoding) {
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
   * Creates {@code remainder}, what is left over.
   *
   * @param remainderColumns its columns
   * @param handed rows with {@link #ATOM_COLUMNS}
   */
  public String remainder(String remainderColumns, String handed) {
    return "-- name: what is left\nCREATE TABLE remainder AS " + atomRows(remainderColumns, handed);
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

  /**
   * In a revision, compares {@code remainder} as a block without codes with what is published; a
   * query selects it if it and published blocks without codes would leave too few contributors
   * since an earlier release.
   *
   * @param counted whether all amounts count, or the layers in the table {@code remainder}
   * @param block its number
   */
  public List<String> mergeRules(Stage counted, long block) {
    RevisionSql rules = revision.orElseThrow();
    return List.of(
        """
        -- name: the merged block
        CREATE TABLE safe AS
        SELECT %s, -1 AS apart, layers, %d::BIGINT AS candidate
        FROM (SELECT bit_or(pattern) FILTER (layer >= 0) AS layers FROM remainder)
        """
            .formatted(
                columns.stream()
                    .map(c -> c.literal(ReservedCodes.NOT_DISCLOSED) + " AS " + c.name())
                    .collect(joining(", ")),
                block),
        "CREATE TABLE member_row AS SELECT candidate, remainder.* FROM remainder, safe",
        rules.match(List.of()),
        "CREATE TABLE held AS " + rules.heldCell(counted));
  }

  /** The key of the atoms. */
  public AtomKey key() {
    return key;
  }

  /** Whether the month is published already. */
  public boolean isRevision() {
    return revision.isPresent();
  }
}
