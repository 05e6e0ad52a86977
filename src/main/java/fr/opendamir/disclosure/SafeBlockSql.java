package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The safe-block algorithm as SQL for the import's analytical database.
 *
 * <p>Input tables: {@code atom} (dimensions, the six sums, {@code lines}, {@code quantity_lines} =
 * lines whose quantity is not zero) and, for each dimension with groups, its {@link
 * CodeColumn#codeTable}. Output: {@code block} (dimensions, sums, lines, quantity_lines, units,
 * part); what could not be made safe stays in {@code pending}. A block of several services has a
 * {@code part} other than 0, under which {@code block_part} has its quantity by original service.
 *
 * <p>Invariants: the rows of {@code block} and {@code pending} together always add up to {@code
 * atom}, and every block has at least the threshold of contributors. Every statement is a plain
 * GROUP BY, so the result depends neither on the order of lines nor on the number of threads.
 */
public final class SafeBlockSql {
  private static final List<String> COUNTS = List.of("lines", "quantity_lines");

  /** Mark of atoms whose group was safe but crowded, see {@link #recode}. */
  private static final int CROWDED = 1;

  /**
   * Mark of atoms that are not below the threshold themselves, so that a group's sum does not bound
   * its parts.
   */
  private static final int LARGE = 2;

  private final List<CodeColumn> columns;
  private final long unitsPerPerson;
  private final long threshold;
  // Units of a part that is just below the threshold.
  private final long mostOfAPart;
  // Units by which a block must stay below its maximum, so that each part keeps the number of
  // possible counts that the policy requires.
  private final long room;
  private final Optional<RevisionSql> revision;
  // Recodings done; each left a column group_N in the table pending.
  private int recodings;

  /**
   * Renders the algorithm.
   *
   * @param revision additional rules for the change of a published month; empty for a first import
   */
  public SafeBlockSql(
      DisclosurePolicy policy,
      List<CodeColumn> columns,
      ContributorWeights weights,
      Optional<RevisionSql> revision) {
    this.revision = revision;
    this.columns = List.copyOf(columns);
    this.unitsPerPerson = weights.unitsPerPerson();
    this.threshold = weights.threshold();
    this.mostOfAPart = unitsPerPerson * (policy.threshold() - 1);
    this.room = unitsPerPerson * (policy.leastUncertainty() - 1);
  }

  /** Names of the numeric columns that are summed, in table order. */
  static List<String> sums() {
    return Stream.concat(
            Arrays.stream(SourceMeasure.values()).map(SourceMeasure::id), COUNTS.stream())
        .toList();
  }

  /** Splits the atoms into the first blocks and the pending atoms. */
  public List<String> split() {
    List<String> statements = new ArrayList<>();
    // In a revision, an atom must obey more rules than the threshold: all atoms start pending.
    long first = revision.isPresent() ? Long.MAX_VALUE : threshold;
    statements.addAll(split(first));
    revision.ifPresent(
        rules -> {
          statements.addAll(rules.tables());
          statements.addAll(
              putTogether(
                  columns.stream().map(CodeColumn::name).toList(), false, LARGE, Optional.empty()));
        });
    return statements;
  }

  private List<String> split(long first) {
    String from =
        "FROM atom"
            + grouped()
                .map(column -> " JOIN %s USING (%s)".formatted(column.codeTable(), column.name()))
                .collect(joining());
    return List.of(
        """
        -- name: safe atoms are blocks
        CREATE TABLE block AS
        SELECT %s, %s, (%s)::BIGINT AS units, 0::BIGINT AS part %s WHERE units >= %d
        """
            .formatted(names(), String.join(", ", sums()), unitsOfAtom(), from, first),
        """
        -- name: the other atoms are pending
        CREATE TABLE pending AS
        SELECT %s, %s, units_per_act, %s, 0::TINYINT AS crowded %s WHERE %s < %d
        """
            .formatted(
                names(),
                groups().collect(joining(", ")),
                String.join(", ", sums()),
                from,
                unitsOfAtom(),
                first),
        "CREATE TABLE block_part (part BIGINT, origin %s, units_per_act BIGINT, quantity BIGINT)"
            .formatted(column(Dimension.SERVICE).sqlType()));
  }

  /**
   * One recoding: merges the pending atoms that agree in the codes it keeps. Groups that are safe
   * become blocks, unless they are crowded. A block keeps every code that all its atoms share.
   *
   * <p>A reader who knows the algorithm knows that each atom of such a block, and each group of an
   * earlier recoding in it, has fewer contributors than the threshold. If the block has nearly the
   * maximum for its number of parts, each part is revealed: twenty contributors in two parts are
   * ten and ten. At most {@code 10 × parts − 4} contributors are accepted under the built-in
   * policy. A group above that is crowded; it stays pending and is merged with others later.
   */
  public List<String> recode(Recoding recoding) {
    List<String> statements =
        putTogether(
            keys(recoding),
            !recoding.keeps(Dimension.SERVICE),
            CROWDED,
            Optional.of("group_" + recodings));
    recodings++;
    return statements;
  }

  /**
   * Merges pending atoms by some of their columns.
   *
   * @param keys the columns by which atoms are grouped
   * @param severalServices whether a group can hold several services, which needs {@code
   *     block_part}
   * @param mark set on the atoms of groups that are safe but held back
   * @param groupColumn new column of {@code pending} that identifies the group of this step; its
   *     values serve as parts in later steps
   */
  private List<String> putTogether(
      List<String> keys, boolean severalServices, int mark, Optional<String> groupColumn) {
    List<String> statements = new ArrayList<>();
    statements.add(
        """
        -- name: pending atoms by what is kept, and service
        CREATE TABLE step AS
        SELECT %s%s, service AS origin, max(units_per_act) AS units_per_act, %s,
          max(crowded) AS crowded
        FROM pending GROUP BY %sservice
        """
            .formatted(
                list(keys.stream().map(k -> k + " AS key_" + k)),
                extremes(),
                sumOfEach(),
                list(keys.stream().filter(key -> !key.equals("service")))));
    statements.add(
        """
        -- name: groups that are safe now
        CREATE TABLE safe AS
        SELECT %s%s, %s, %s AS units, max(crowded) AS crowded,
          row_number() OVER (%s) AS candidate
        FROM step%s HAVING units >= %d
        """
            .formatted(
                list(keys.stream().map(k -> "key_" + k)),
                columns.stream().map(column -> code(column, keys)).collect(joining(", ")),
                sumOfEach(),
                unitsOfServices(),
                orderBy(keys),
                keys.isEmpty()
                    ? ""
                    : " GROUP BY " + keys.stream().map(k -> "key_" + k).collect(joining(", ")),
                threshold));
    if (mark == CROWDED) {
      statements.add(near(keys));
    }
    statements.add(
        "-- name: groups that are held back\nCREATE TABLE held AS "
            + Stream.concat(
                    mark == CROWDED ? Stream.of(crowded()) : Stream.empty(),
                    revision.stream()
                        .flatMap(
                            rules ->
                                rules.held(sameKeys(keys, ""), sameKeys(keys, "key_")).stream()))
                .collect(joining(" UNION ")));
    statements.add(
        """
        -- name: what stays pending
        CREATE TABLE left_over AS
        SELECT a.* EXCLUDE (crowded),
          greatest(a.crowded, CASE WHEN h.candidate IS NULL THEN 0 ELSE %d END)::TINYINT AS crowded%s
        FROM pending a LEFT JOIN safe b ON %s LEFT JOIN held h USING (candidate)
        WHERE b.candidate IS NULL OR h.candidate IS NOT NULL
        """
            .formatted(
                mark,
                groupColumn.map(name -> ", " + hash(keys) + " AS " + name).orElse(""),
                sameKeys(keys, "")));
    statements.add("DELETE FROM safe WHERE candidate IN (SELECT candidate FROM held)");
    if (severalServices) {
      statements.add(
          "UPDATE safe SET candidate = candidate + (SELECT coalesce(max(part), 0) FROM block)");
      statements.add(
          "INSERT INTO block_part SELECT b.candidate, origin, units_per_act, a.quantity FROM step a"
              + " JOIN safe b ON "
              + sameKeys(keys, "key_"));
    }
    statements.add(
        "INSERT INTO block SELECT %s, %s, units, %s FROM safe"
            .formatted(names(), String.join(", ", sums()), severalServices ? "candidate" : "0"));
    revision.ifPresent(rules -> statements.add(rules.remember()));
    statements.add("DROP TABLE pending");
    statements.add("ALTER TABLE left_over RENAME TO pending");
    statements.add("DROP TABLE held");
    statements.add("DROP TABLE IF EXISTS near");
    statements.add("DROP TABLE safe");
    statements.add("DROP TABLE step");
    return statements;
  }

  /**
   * Selects the atoms of candidates that may be crowded: those above the limit for two parts, the
   * smallest one. Most candidates are below it and are not examined further.
   */
  private String near(List<String> keys) {
    return """
    -- name: atoms of groups that may be crowded
    CREATE TABLE near AS
    SELECT b.candidate, b.units, b.crowded AS mark%s FROM pending a JOIN safe b ON %s
    WHERE b.units > 2 * %d - %d AND b.crowded < %d
    """
        .formatted(
            IntStream.range(0, recodings).mapToObj(i -> ", a.group_" + i).collect(joining()),
            sameKeys(keys, ""),
            mostOfAPart,
            room,
            LARGE);
  }

  /**
   * Selects the crowded candidates. The parts of a candidate are its atoms or the groups of one
   * earlier recoding, whichever are fewer: the fewest parts give the strictest limit. Counting
   * recoding by recoding takes a fraction of the memory of several distinct counts in one
   * statement.
   */
  private String crowded() {
    String parts =
        Stream.concat(
                Stream.of("SELECT candidate, count(*) AS parts FROM near GROUP BY candidate"),
                IntStream.range(0, recodings)
                    .mapToObj(
                        i ->
                            "SELECT candidate, count(*) AS parts FROM (SELECT DISTINCT candidate, group_%d FROM near WHERE mark < %d) GROUP BY candidate"
                                .formatted(i, CROWDED)))
            .collect(joining(" UNION ALL "));
    return """
    SELECT candidate FROM (%s) JOIN (SELECT DISTINCT candidate, units FROM near) USING (candidate)
    GROUP BY candidate, units HAVING units > greatest(min(parts), 2) * %d - %d
    """
        .formatted(parts, mostOfAPart, room);
  }

  /**
   * Identifies a group by a hash of its keys. A collision joins two parts, which only makes the
   * limit stricter.
   */
  private static String hash(List<String> keys) {
    return keys.isEmpty()
        ? "0"
        : keys.stream().map(k -> "a." + k).collect(joining(", ", "hash(", ")"));
  }

  /**
   * Returns the SQL for the units of a set whose rows are sums by original service. Reversals count
   * by the net quantity of each service; a set without any quantity counts its lines.
   */
  public String unitsOfServices() {
    return "CASE WHEN sum(quantity_lines) = 0 THEN (sum(lines) * %d)::BIGINT ELSE (sum(abs(quantity) * units_per_act))::BIGINT END"
        .formatted(unitsPerPerson);
  }

  /** Returns the columns of {@code pending} in which the atoms of a group agree. */
  private List<String> keys(Recoding recoding) {
    List<String> keys = new ArrayList<>();
    for (CodeColumn column : columns) {
      if (recoding.keeps(column.dimension())) {
        keys.add(column.name());
      } else if (recoding.keepsGroup(column.dimension())) {
        column.groups().map(Level::id).ifPresent(keys::add);
      }
    }
    return keys;
  }

  /**
   * Orders candidates by their keys, which are unique, so that every machine numbers them alike.
   */
  private static String orderBy(List<String> keys) {
    return keys.isEmpty()
        ? ""
        : "ORDER BY " + keys.stream().map(key -> "key_" + key).collect(joining(", "));
  }

  /** Condition that {@code a} belongs to the group of the candidate {@code b}. */
  private static String sameKeys(List<String> keys, String prefix) {
    return keys.isEmpty()
        ? "true"
        : keys.stream()
            .map(key -> "a." + prefix + key + " = b.key_" + key)
            .collect(joining(" AND "));
  }

  /** The least and greatest code of each column: equal where all atoms share the code. */
  private String extremes() {
    return Stream.concat(columns.stream().map(CodeColumn::name), groups())
        .map(name -> "min(%s) AS least_%s, max(%s) AS most_%s".formatted(name, name, name, name))
        .collect(joining(", "));
  }

  /**
   * Returns the code of a block: the one that all its atoms share, otherwise their shared group,
   * otherwise ND. A block of a revision shows only the codes it was grouped by, because the rules
   * of a revision were checked for exactly these.
   */
  private String code(CodeColumn column, List<String> keys) {
    String nothing = column.literal(ReservedCodes.NOT_DISCLOSED) + " AS " + column.name();
    Optional<String> group = column.groups().map(Level::id);
    if (revision.isPresent() && !keys.contains(column.name())) {
      return group
          .filter(keys::contains)
          .map(name -> "min(least_%s) AS %s".formatted(name, column.name()))
          .orElse(nothing);
    }
    return "CASE%s%s ELSE %s END AS %s"
        .formatted(
            whenShared(column.name()),
            group.map(SafeBlockSql::whenShared).orElse(""),
            column.literal(ReservedCodes.NOT_DISCLOSED),
            column.name());
  }

  private static String whenShared(String name) {
    return " WHEN min(least_%s) = max(most_%s) THEN min(least_%s)".formatted(name, name, name);
  }

  private Stream<CodeColumn> grouped() {
    return columns.stream().filter(column -> column.groups().isPresent());
  }

  private Stream<String> groups() {
    return columns.stream().flatMap(column -> column.groups().stream()).map(Level::id);
  }

  /**
   * Units of an atom, which has one service; without any quantity its lines count, one person each.
   */
  private String unitsOfAtom() {
    return "CASE WHEN quantity_lines = 0 THEN lines * %d ELSE abs(quantity) * units_per_act END"
        .formatted(unitsPerPerson);
  }

  private static String sumOfEach() {
    return sums().stream()
        .map(name -> "sum(%s)::BIGINT AS %s".formatted(name, name))
        .collect(joining(", "));
  }

  private static String list(Stream<String> expressions) {
    return expressions.map(expression -> expression + ", ").collect(joining());
  }

  private String names() {
    return columns.stream().map(CodeColumn::name).collect(joining(", "));
  }

  private CodeColumn column(Dimension dimension) {
    return columns.stream().filter(c -> c.dimension() == dimension).findFirst().orElseThrow();
  }
}
