package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules that a change of a published month obeys in addition to the threshold, as SQL. A block
 * of twelve acts is safe, and so is a change of eleven; but when a revision removes eleven of the
 * twelve acts, the earlier figure and the change reveal the one that is left. A change is therefore
 * held back, and merged with other changes, when its codes cover at least one but fewer than eleven
 * contributors
 *
 * <ul>
 *   <li>in the new file, or
 *   <li>in the published blocks and the change together, or
 *   <li>in the changes since an earlier release and the change together: otherwise an addition in
 *       one revision that the next one mostly takes back would reveal the few acts that remain.
 * </ul>
 *
 * <p>"Its codes" are the codes that the recoding kept, without and with the class that stays apart
 * ({@link ApartSql}); in published blocks also exactly the codes of the change, ND included,
 * because answers have them as one cell. The same holds for each {@link Layer layer} of the
 * amounts.
 *
 * <p>Where a change gives up a code, its amounts can still reveal which code it had if all of it,
 * or nearly all, is one atom. So it must have eleven contributors without its largest atom.
 *
 * <p>Input tables: {@code new_line_sum} (the new file, like {@code line_sum}) and {@code content}
 * with the blocks published before ({@code ordinal}: 0 for the month's first import, 1 for its
 * first revision, …).
 */
public final class RevisionSql {
  private static final String SUMMED =
      AtomRows.sums().map(name -> "a." + name).collect(joining(", "))
          + ", a.origin, a.per_act, a.per_count, a.pattern";

  private final int ordinal;
  private final ContributorWeights weights;
  private final AtomRows rows;

  /**
   * Renders the rules.
   *
   * @param ordinal number of published imports of the month
   */
  public RevisionSql(int ordinal, ContributorWeights weights, AtomRows rows) {
    this.ordinal = ordinal;
    this.weights = weights;
    this.rows = rows;
  }

  /** The ordinal of the blocks of this revision. */
  int ordinal() {
    return ordinal;
  }

  /** Creates the table of the whole new file, with which every candidate is compared. */
  public String wholeFile() {
    return "-- name: the whole new file\nCREATE TABLE whole AS "
        + rows.from(AtomRows.layered("new_line_sum"));
  }

  /**
   * Creates the table that the rules read, {@code compared}: under the codes of each candidate, the
   * rows of the new file ({@code ordinal} -1), of published blocks, and of the change itself.
   *
   * <p>Lines without quantity in a change may be lines that went, so they are subtracted: what is
   * left has at least the rest.
   */
  String match(List<String> keys) {
    List<String> codes =
        keys.stream()
            .filter(key -> !key.equals(AtomKey.APART) && !key.equals(AtomKey.LAYER))
            .toList();
    String sameRates = keys.contains(AtomKey.APART) ? "a.apart = b.key_apart" : "true";
    return """
    -- name: the new file and published blocks under the codes of each change, and the change
    CREATE TABLE compared AS
    SELECT candidate, %1$s AS same_rates, false AS same_codes, b.layers AS bits, -1 AS layer, %2$s,
      -1 AS ordinal, false AS is_change
    FROM whole a JOIN safe b ON %3$s
    UNION ALL
    SELECT candidate, %1$s, %4$s, b.layers, layer, %2$s, ordinal, false
    FROM (SELECT content.* REPLACE (CASE WHEN ordinal = 0 THEN bare ELSE -bare END AS bare), %5$s
      FROM content%6$s) a JOIN safe b ON %3$s
    UNION ALL
    SELECT candidate, true, true, b.layers, a.layer, %2$s, %7$d, true
    FROM (SELECT * REPLACE (-bare AS bare) FROM member_row) a JOIN safe b USING (candidate)
    """
        .formatted(
            sameRates,
            SUMMED,
            same(codes.stream()),
            same(rows.names()),
            rows.groupsOf("content"),
            rows.joinGroups("content"),
            ordinal);
  }

  private static String same(Stream<String> codes) {
    return Stream.concat(Stream.of("true"), codes.map("a.%1$s = b.%1$s"::formatted))
        .collect(joining(" AND "));
  }

  /** Selects the candidates of a stage that leave too few contributors. */
  String held(Stage stage) {
    return few(counted(stage), rules());
  }

  /**
   * Selects the candidates of which layers, or sums of them, leave too few contributors, with
   * {@code bits}.
   *
   * @param counted VALUES of layers and sums: index and bits
   */
  String held(String counted) {
    return few(
        new Counted(
            "candidate, shown",
            "CROSS JOIN (VALUES %s) p(index, shown) WHERE pattern & shown <> 0".formatted(counted),
            amounts("shown")),
        rules());
  }

  /** Selects the candidates whose own codes, in published blocks, leave too few contributors. */
  String heldCell(Stage stage) {
    return few(counted(stage), rules().filter(rule -> rule.exactCodes));
  }

  /**
   * Rows that must have none or enough contributors.
   *
   * @param since the earliest import whose blocks count; -1 for the new file instead
   * @param sameRates only rows of the same class that stays apart
   * @param exactCodes only rows with exactly the codes of the change
   */
  private record Rule(int since, boolean sameRates, boolean exactCodes) {
    String values() {
      return "(%d, %s, %s)".formatted(since, sameRates, exactCodes);
    }
  }

  private Stream<Rule> rules() {
    return IntStream.range(-1, ordinal)
        .boxed()
        .flatMap(
            since ->
                Stream.of(
                    new Rule(since, false, false),
                    new Rule(since, true, false),
                    new Rule(since, false, true)))
        .filter(rule -> rule.since >= 0 || !rule.exactCodes);
  }

  /**
   * What is counted.
   *
   * @param set the columns that name what must not be few
   * @param rows SQL after the table: which of its rows count
   * @param values sums that are all zero where nothing is left
   */
  private record Counted(String set, String rows, List<String> values) {}

  private static Counted counted(Stage stage) {
    return stage == Stage.BLOCKS
        ? new Counted(
            "candidate",
            "WHERE layer < 0",
            Stream.concat(Stream.of("quantity"), amounts("-1").stream()).toList())
        : new Counted("candidate", "WHERE pattern & bits <> 0", amounts("bits"));
  }

  /** Renders the amounts of a row, of the layers with some bits. */
  private static List<String> amounts(String bits) {
    return Layer.AMOUNTS.stream().map(amount -> Layer.amount(amount, "pattern & " + bits)).toList();
  }

  /**
   * Selects the sets whose rows under one of the rules do not add up to zero and have too few
   * contributors.
   */
  private String few(Counted counted, Stream<Rule> rules) {
    String set = counted.set + ", since, by_rates, by_codes";
    String rows =
        """
        (SELECT * FROM compared CROSS JOIN (VALUES %s) r(since, by_rates, by_codes) %s
         AND (ordinal < 0) = (since < 0) AND ordinal >= since
         AND same_rates >= by_rates AND same_codes >= by_codes)
        """
            .formatted(rules.map(Rule::values).collect(joining(", ")), counted.rows);
    return """
    SELECT DISTINCT %s FROM (%s) JOIN (
      SELECT %s FROM %s GROUP BY ALL HAVING bool_or(NOT is_change) AND (%s)) USING (%s)
    WHERE units < %d
    """
        .formatted(
            counted.set,
            weights.units(set, rows),
            set,
            rows,
            counted.values.stream().map(v -> "sum(" + v + ") <> 0").collect(joining(" OR ")),
            set,
            weights.threshold());
  }

  /** Selects the candidates that have too few contributors without their largest atom. */
  String oneAtom() {
    return oneAtom("candidate", "member_row");
  }

  /** Selects the candidates and {@code bits} of which only the largest atom has enough. */
  String oneAtomOfLayers(String counted) {
    return oneAtom(
        "candidate, bits",
        "(SELECT member_row.*, bits FROM member_row CROSS JOIN (VALUES %s) p(index, bits) WHERE index >= 0 AND pattern & bits <> 0)"
            .formatted(counted));
  }

  private String oneAtom(String set, String members) {
    return """
    SELECT * FROM (
      SELECT %1$s FROM %2$s EXCEPT (SELECT %1$s FROM (%3$s) WHERE units >= %4$d))
    """
        .formatted(
            set,
            members,
            weights.units(
                set,
                """
                (SELECT m.* FROM %2$s m JOIN (
                  SELECT %1$s, arg_max(atom, {'units': units, 'atom': atom}) AS largest
                  FROM (%3$s) GROUP BY %1$s) USING (%1$s) WHERE atom <> largest)
                """
                    .formatted(set, members, weights.units(set + ", atom", members))),
            weights.threshold());
  }
}
