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
 * The safe-block algorithm as SQL for the import's analytical database.
 *
 * <p>Input tables: {@code line_sum} (dimensions, {@code traits} by {@link LineTraits}, the six
 * sums, {@code counted}: trips, stays or payments, {@code bare}: lines without quantity, {@code
 * top_charged} and {@code top_reimbursed}: the largest amount of a line of at most two
 * contributors) and, for each dimension with groups, its {@link CodeColumn#codeTable}. An atom is
 * all rows of equal codes.
 *
 * <p>Output: {@code content}, the rows of the blocks by original service and pattern ({@code block}
 * names the block, {@code layer} is -1 for blocks of all amounts), and {@code piece}, the {@link
 * Layer layers} that were taken out of blocks because they had too few contributors. The pieces are
 * then put together by the same recodings, each layer by itself ({@link Stage#PIECES}), and become
 * blocks of that layer alone.
 *
 * <p>The rows of a stage stay in {@code atom_row} with all their amounts. The recodings, which read
 * their table often, see {@code pending}: what is not in a block yet, one narrow row for each atom
 * and service. What they put together goes to {@code accepted}, of which all rows of blocks are
 * made at once ({@link #acceptRecoded}); in a revision, whose rules read the blocks that are made,
 * after each recoding. What could not be made safe stays in {@code pending}.
 *
 * <p>Invariants: {@code content}, {@code piece} and the rows of {@code pending} together add up to
 * {@code line_sum} between two stages, and every block has at least the threshold of contributors,
 * counted on all its rows and on the rows of each layer. Every statement is a plain GROUP BY, so
 * the result depends neither on the order of lines nor on the number of threads.
 */
public final class SafeBlockSql {
  /** What is put together. */
  public enum Stage {
    /** The atoms of a month, with all their measures. */
    BLOCKS,
    /** The layers that were taken out of blocks. */
    PIECES
  }

  private static final List<String> ATOM = List.of("atom");

  private static final String MEMBER_ROWS =
      "CREATE TEMPORARY VIEW member_row AS SELECT member.candidate, a.* FROM atom_row a JOIN member"
          + " USING (atom, origin)";

  private final Stage stage;
  private final DisclosurePolicy policy;
  private final List<CodeColumn> columns;
  private final ContributorWeights weights;
  private final AtomKey key;
  private final PartsRule partsRule;
  private final AtomRows rows;
  private final Optional<RevisionSql> revision;
  // The keys of the recodings done. A set bit of held_at in pending says that the atom's group at
  // that recoding was held back.
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
    this.policy = policy;
    this.columns = List.copyOf(columns);
    this.weights = weights;
    this.key = key;
    this.partsRule = new PartsRule(weights, key, policy.leastUncertainty());
    this.rows = rows;
    this.revision = revision;
  }

  /** Creates the output tables, and {@code pending} with what is put together. */
  public List<String> start() {
    List<String> statements = new ArrayList<>();
    if (stage == Stage.BLOCKS) {
      statements.add(
          """
          CREATE TABLE IF NOT EXISTS content (block BIGINT, ordinal INTEGER, layer INTEGER, %s,
            apart INTEGER, origin %s, per_act BIGINT, per_count BIGINT, pattern BIGINT, %s)
          """
              .formatted(
                  columns.stream().map(c -> c.name() + " " + c.sqlType()).collect(joining(", ")),
                  column(Dimension.SERVICE).sqlType(),
                  AtomRows.sums().map(name -> name + " BIGINT").collect(joining(", "))));
      statements.add("CREATE TABLE piece AS SELECT * FROM content LIMIT 0");
      statements.addAll(key.types("line_sum"));
      statements.add(
          atomRows(
              "SELECT *, -1 AS layer FROM (%s)"
                  .formatted(
                      rows.from(
                          revision.isPresent() ? "line_sum" : AtomRows.layered("line_sum")))));
    } else {
      statements.add("DROP TABLE pending");
      statements.add("DROP TABLE accepted");
      statements.add("DROP TABLE atom_row");
      statements.add(atomRows(pieces()));
    }
    statements.add(
        """
        -- name: the atoms
        CREATE TABLE pending AS
        SELECT atom, origin, any_value(key) AS key, any_value(layer) AS layer,
          sum(acts)::BIGINT AS acts, sum(acts * per_act)::BIGINT AS units_of_acts,
          sum(counted * per_count)::BIGINT AS units_of_counts, sum(bare)::BIGINT AS bare,
          sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed,
          max(top_charged) AS top_charged, max(top_reimbursed) AS top_reimbursed,
          false AS large, 0::BIGINT AS held_at
        FROM atom_row GROUP BY atom, origin
        """);
    statements.add(
        "CREATE TABLE accepted AS SELECT 0::BIGINT AS candidate, * FROM pending LIMIT 0");
    return statements;
  }

  /** Makes the blocks that need no recoding; pieces have been put together as far. */
  public List<String> acceptAtoms() {
    List<String> statements = new ArrayList<>();
    if (stage == Stage.BLOCKS) {
      statements.add(found(ATOM));
      statements.addAll(putTogether(ATOM, true));
    }
    return statements;
  }

  private String atomRows(String from) {
    return """
    -- name: the rows of the atoms
    CREATE TABLE atom_row AS
    SELECT atom, %s AS key, layer, origin, per_act, per_count, pattern, %s, charged, reimbursed,
      top_charged, top_reimbursed
    FROM (%s)
    """
        .formatted(key.expression(), AtomRows.sums().collect(joining(", ")), from);
  }

  /** The layers that were taken out. */
  private String pieces() {
    return """
    SELECT layer, %s, %s, apart, origin, piece.per_act, piece.per_count, pattern, %s,
      0::BIGINT AS charged, 0::BIGINT AS reimbursed, 0::BIGINT AS top_charged,
      0::BIGINT AS top_reimbursed, hash(block, layer) AS atom
    FROM piece%s
    """
        .formatted(
            rows.names().map(name -> "piece." + name).collect(joining(", ")),
            rows.groupsOf("piece"),
            AtomRows.sums().collect(joining(", ")),
            rows.joinGroups("piece"));
  }

  /**
   * The first half of one recoding: finds the groups of pending atoms that agree in the codes it
   * keeps and are safe. If the table {@code found} has any, {@link #recode} makes blocks of them;
   * otherwise {@link #skip} ends the recoding.
   */
  public String find(Recoding recoding) {
    return found(keys(recoding));
  }

  /**
   * The second half of one recoding: the groups become blocks, unless a rule holds them back. A
   * block keeps every code that all its atoms share.
   */
  public List<String> recode(Recoding recoding) {
    List<String> keys = keys(recoding);
    List<String> statements = putTogether(keys, false);
    done.add(keys);
    return statements;
  }

  /** Ends a recoding in which no group is safe. */
  public String skip(Recoding recoding) {
    done.add(keys(recoding));
    return "DROP TABLE found";
  }

  /** The fields of the key in which the atoms of a group agree. */
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
   * Makes blocks of the groups in the table {@code found}, unless a rule holds them back.
   *
   * @param keys the columns by which atoms are grouped
   * @param atoms whether these are the atoms themselves, before any recoding
   */
  private List<String> putTogether(List<String> keys, boolean atoms) {
    List<String> statements = new ArrayList<>(List.of(members(keys), judged()));
    List<String> held = new ArrayList<>(List.of(dominated()));
    if (!atoms) {
      statements.add(partsRule.near());
      held.add(partsRule.crowded(keys, done));
    }
    revision.ifPresent(
        rules -> {
          statements.add(MEMBER_ROWS);
          statements.add(safe(keys));
          statements.add(rules.match(atoms ? rows.names().toList() : keys));
          held.add(rules.held(stage));
          if (!atoms) {
            held.add(rules.oneAtom());
          }
        });
    statements.add(
        "-- name: groups that are held back\nCREATE TABLE held AS " + String.join(" UNION ", held));
    String heldAtoms = "SELECT atom FROM member JOIN held USING (candidate)";
    statements.add(
        atoms
            ? "UPDATE pending SET large = true WHERE atom IN (%s)".formatted(heldAtoms)
            : "UPDATE pending SET held_at = held_at | %d WHERE atom IN (%s)"
                .formatted(1L << done.size(), heldAtoms));
    statements.add("DELETE FROM member WHERE candidate IN (SELECT candidate FROM held)");
    statements.add("DELETE FROM pending WHERE atom IN (SELECT atom FROM member)");
    if (atoms || revision.isPresent()) {
      if (revision.isEmpty()) {
        statements.add(MEMBER_ROWS);
        statements.add(safe(keys));
      }
      statements.addAll(accept(atoms, !atoms));
    } else {
      statements.add("INSERT INTO accepted FROM member");
      statements.add("DROP TABLE member");
    }
    for (String table : List.of("found", "judged", "held", "near")) {
      statements.add("DROP TABLE IF EXISTS " + table);
    }
    return statements;
  }

  /**
   * Makes the blocks of all that the recodings have put together. A revision has made them already.
   */
  public List<String> acceptRecoded() {
    if (revision.isPresent()) {
      return List.of();
    }
    List<String> statements = new ArrayList<>();
    statements.add("ALTER TABLE accepted RENAME TO member");
    statements.add(MEMBER_ROWS);
    statements.add(safe(List.of()));
    statements.addAll(accept(false, true));
    statements.add(
        "CREATE TABLE accepted AS SELECT 0::BIGINT AS candidate, * FROM pending LIMIT 0");
    return statements;
  }

  private String found(List<String> keys) {
    return """
    -- name: groups of pending atoms that are safe now
    CREATE TABLE found AS
    SELECT part, %s AS units, sum(units) AS uncapped,
      row_number() OVER (ORDER BY part) + greatest((SELECT coalesce(max(block), 0) FROM content),
        (SELECT coalesce(max(block), 0) FROM piece),
        (SELECT coalesce(max(candidate), 0) FROM accepted)) AS candidate
    FROM (
      SELECT %s AS part, origin, sum(bare)::BIGINT AS bare,
        least(abs(sum(units_of_acts)::BIGINT), abs(sum(units_of_counts)::BIGINT)) AS units
      FROM pending GROUP BY part, origin)
    GROUP BY part HAVING %s >= %d
    """
        .formatted(
            weights.unitsOfServices(),
            part(keys, ""),
            weights.unitsOfServices(),
            weights.threshold());
  }

  private String members(List<String> keys) {
    return """
    -- name: the atoms of these groups
    CREATE TABLE member AS
    SELECT b.candidate, a.* FROM pending a JOIN found b ON %s = b.part
    """
        .formatted(part(keys, "a."));
  }

  /** What names the group of an atom. Numbers of blocks follow its order. */
  private String part(List<String> keys, String table) {
    return keys.equals(ATOM) ? table + "atom" : key.under(keys, table + "key");
  }

  /** What decides about the groups, apart from the rules of a revision. */
  private static String judged() {
    return """
    -- name: what decides about these groups
    CREATE TABLE judged AS
    SELECT candidate, uncapped, large, charged, reimbursed, top_charged, top_reimbursed
    FROM found JOIN (
      SELECT candidate, bool_or(large) AS large, sum(charged) AS charged,
        sum(reimbursed) AS reimbursed, max(top_charged) AS top_charged,
        max(top_reimbursed) AS top_reimbursed
      FROM member GROUP BY candidate) USING (candidate)
    """;
  }

  /**
   * Creates the table {@code safe} of the codes and layers of the groups in {@code member}.
   *
   * @param keys what the atoms of each group share at least
   */
  private String safe(List<String> keys) {
    return """
    -- name: the codes that they share
    CREATE TABLE safe AS
    SELECT candidate, %s%s AS apart, layers, partly FROM (
      SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different
      FROM member GROUP BY candidate)
    JOIN (
      SELECT candidate, bit_or(pattern) AS layers, bit_or(pattern) & ~bit_and(pattern) AS partly
      FROM member_row GROUP BY candidate) USING (candidate)
    """
        .formatted(
            list(Stream.concat(columns.stream().map(column -> code(column, keys)), compared(keys))),
            "CASE%s ELSE -1 END".formatted(whenShared(AtomKey.APART)));
  }

  /** Further columns by which a change is compared with what is published. */
  private Stream<String> compared(List<String> keys) {
    if (revision.isEmpty()) {
      return Stream.of();
    }
    return Stream.concat(
        rows.grouped()
            .map(AtomRows::group)
            .filter(keys::contains)
            .map(group -> common(group) + " AS " + group),
        keys.contains(AtomKey.APART)
            ? Stream.of(common(AtomKey.APART) + " AS key_apart")
            : Stream.of());
  }

  /**
   * Prepares one block, all dimensions ND, of the table {@code remainder}: what was left over after
   * the last recoding and the blocks that joined it.
   */
  public List<String> startRemainder() {
    List<String> statements = new ArrayList<>();
    statements.add(
        """
        -- name: the merged block
        CREATE TABLE safe AS
        SELECT %s, -1 AS apart, layers, partly,
          1 + greatest((SELECT coalesce(max(block), 0) FROM content),
            (SELECT coalesce(max(block), 0) FROM piece)) AS candidate
        FROM (
          SELECT bit_or(pattern) FILTER (layer >= 0) AS layers, bit_or(pattern) AS partly
          FROM remainder)
        """
            .formatted(
                columns.stream()
                    .map(c -> c.literal(ReservedCodes.NOT_DISCLOSED) + " AS " + c.name())
                    .collect(joining(", "))));
    statements.add(
        "CREATE TEMPORARY VIEW member_row AS SELECT candidate, remainder.* FROM remainder, safe");
    revision.ifPresent(rules -> statements.add(rules.match(List.of())));
    return statements;
  }

  /**
   * Selects the prepared block if it and published blocks without codes would leave too few
   * contributors since an earlier release.
   *
   * @param counted whether all amounts count, or the layers in the table {@code remainder}
   */
  public Optional<String> remainderHeld(Stage counted) {
    return revision.map(rules -> rules.heldCell(counted));
  }

  /** Publishes the prepared block. */
  public List<String> finishRemainder() {
    List<String> statements = accept(false, false);
    statements.add("DROP TABLE remainder");
    return statements;
  }

  /**
   * Adds the members of the safe groups to {@code content}, without the layers that have too few
   * contributors there; these go to {@code piece}.
   */
  private List<String> accept(boolean atoms, boolean recoded) {
    List<String> statements = new ArrayList<>();
    statements.add(
        atoms
            ? "CREATE TEMPORARY VIEW step AS FROM member_row"
            : """
            -- name: the rows of new blocks
            CREATE TABLE step AS
            SELECT candidate, layer, origin, any_value(per_act) AS per_act,
              any_value(per_count) AS per_count, pattern, %s
            FROM member_row GROUP BY candidate, layer, origin, pattern
            """
                .formatted(
                    AtomRows.sums()
                        .map(name -> "sum(%s)::BIGINT AS %s".replace("%s", name))
                        .collect(joining(", "))));
    if (stage == Stage.PIECES) {
      statements.add(acceptPieces());
    } else {
      statements.addAll(acceptBlocks(recoded));
    }
    statements.add(atoms ? "DROP VIEW step" : "DROP TABLE step");
    statements.add("DROP VIEW member_row");
    for (String table : List.of("member", "compared", "safe")) {
      statements.add("DROP TABLE IF EXISTS " + table);
    }
    return statements;
  }

  /** The layers, and the amounts and differences with index -1, that must be safe, with bits. */
  private String counted() {
    long ofPolicy = layers().mapToLong(Layer::bit).sum();
    Stream<String> none = Stream.of("(-1, 0)");
    Stream<String> layers = layers().map(p -> "(%d, %d)".formatted(p.index(), p.bit()));
    Stream<String> sums =
        layers().anyMatch(Layer::negative)
            ? Layer.sums().stream().map(bits -> "(-1, %d)".formatted(bits & ofPolicy))
            : Stream.of();
    return Stream.of(none, layers, sums).flatMap(values -> values).collect(joining(", "));
  }

  private List<String> acceptBlocks(boolean recoded) {
    List<String> statements = new ArrayList<>();
    statements.add(
        """
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
                    : "CASE WHEN single THEN bits ELSE bits & %d END"
                        .formatted(Layer.negativeBits()),
                weights.units("candidate, bits", mixed()),
                weights.threshold(),
                revision
                    .map(
                        rules ->
                            " UNION SELECT *, false FROM (%s%s)"
                                .formatted(
                                    rules.held(counted()),
                                    recoded ? " UNION " + rules.oneAtomOfLayers(counted()) : ""))
                    .orElse("")));
    statements.add(
        """
        INSERT INTO content
        SELECT candidate, %d, -1, %s, b.apart, origin, per_act, per_count, pattern & ~lost,
          a.quantity, %s, %s
        FROM step a JOIN (
          SELECT safe.*, coalesce(lost, 0) AS lost FROM safe LEFT JOIN weak USING (candidate)) b
          USING (candidate)
        """
            .formatted(
                ordinal(),
                rows.names().map(name -> "b." + name).collect(joining(", ")),
                Layer.columns().stream()
                    .map(
                        column ->
                            "CASE WHEN pattern & lost & %d <> 0 THEN 0 ELSE %s END"
                                .formatted(Layer.bits(column), column))
                    .collect(joining(", ")),
                AtomRows.COUNTS.stream().map(name -> "a." + name).collect(joining(", "))));
    statements.add(
        """
        INSERT INTO piece
        SELECT candidate, %d, p.layer, %s, b.apart, origin, per_act, per_count, p.bit, 0, %s, %s
        FROM step a JOIN safe b USING (candidate) JOIN weak USING (candidate)
        JOIN (VALUES %s) p(layer, bit) ON pattern & lost & p.bit <> 0
        """
            .formatted(
                ordinal(),
                rows.names().map(name -> "b." + name).collect(joining(", ")),
                Layer.columns().stream()
                    .map(
                        column ->
                            "CASE WHEN p.bit & %d <> 0 THEN %s ELSE 0 END"
                                .formatted(Layer.bits(column), column))
                    .collect(joining(", ")),
                AtomRows.COUNTS.stream().map(name -> "a." + name).collect(joining(", ")),
                // A policy may take no layer out: then none is lost.
                Stream.concat(
                        Stream.of("(-1, 0)"),
                        layers().map(p -> "(%d, %d)".formatted(p.index(), p.bit())))
                    .collect(joining(", "))));
    statements.add("DROP TABLE weak");
    return statements;
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

  /** The layers that must be safe by themselves. */
  private Stream<Layer> layers() {
    return Layer.ALL.stream().filter(layer -> policy.components().contains(layer.component()));
  }

  private String acceptPieces() {
    return """
    INSERT INTO content
    SELECT candidate, %d, a.layer, %s, b.apart, origin, per_act, per_count, pattern, %s
    FROM step a JOIN safe b USING (candidate)
    """
        .formatted(
            ordinal(),
            rows.names().map(name -> "b." + name).collect(joining(", ")),
            AtomRows.sums().map(name -> "a." + name).collect(joining(", ")));
  }

  private int ordinal() {
    return revision.map(RevisionSql::ordinal).orElse(0);
  }

  /** Selects the candidates of which one line holds too large a share. */
  private String dominated() {
    return """
    SELECT candidate FROM judged
    WHERE top_charged * 100 > abs(charged) * %d OR top_reimbursed * 100 > abs(reimbursed) * %d
    """
        .formatted(policy.largestShare(), policy.largestShare());
  }

  /**
   * Returns the code of a block: the one that all its atoms share, otherwise their shared group,
   * otherwise ND. A block of a revision shows only the codes it was grouped by, because the rules
   * of a revision were checked for exactly these.
   */
  private String code(CodeColumn column, List<String> keys) {
    String name = column.name();
    Optional<String> group = column.groups().map(Level::id);
    String notDisclosed = column.literal(ReservedCodes.NOT_DISCLOSED);
    if (revision.isPresent() && !keys.equals(ATOM)) {
      return Stream.concat(Stream.of(name), group.stream())
              .filter(keys::contains)
              .findFirst()
              .map(this::common)
              .orElse(notDisclosed)
          + " AS "
          + name;
    }
    return "CASE%s%s ELSE %s END AS %s"
        .formatted(whenShared(name), group.map(this::whenShared).orElse(""), notDisclosed, name);
  }

  private String whenShared(String name) {
    return " WHEN %s = 0 THEN %s".formatted(key.under(List.of(name), "different"), common(name));
  }

  private String common(String name) {
    return key.value(name, "common");
  }

  private static String list(Stream<String> expressions) {
    return expressions.map(expression -> expression + ", ").collect(joining());
  }

  private CodeColumn column(Dimension dimension) {
    return columns.stream().filter(c -> c.dimension() == dimension).findFirst().orElseThrow();
  }
}
