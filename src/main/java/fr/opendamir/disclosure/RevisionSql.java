package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SourceMeasure;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
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
 * <p>"Its codes" are the codes that the recoding kept, so every rule compares the same set of cells
 * as the change itself.
 *
 * <p>Input tables: {@code new_atom} (codes, quantity, lines, quantity_lines of the new file) and
 * {@code published} (codes, the six sums, contributors, {@code ordinal}: 0 for the month's first
 * import, 1 for its first revision, …).
 */
public final class RevisionSql {
  /** Ordinal of the blocks of the revision in progress: above that of any published import. */
  private static final int NOW = 1_000_000;

  private final List<CodeColumn> columns;
  private final int imports;
  private final long unitsPerPerson;
  private final long threshold;

  /**
   * Renders the rules.
   *
   * @param imports number of published imports of the month
   */
  public RevisionSql(List<CodeColumn> columns, int imports, ContributorWeights weights) {
    this.columns = List.copyOf(columns);
    this.imports = imports;
    this.unitsPerPerson = weights.unitsPerPerson();
    this.threshold = weights.threshold();
  }

  /**
   * Creates the two tables that every candidate is compared with: the new file and the published
   * blocks. The database stores the contributors of a block rounded down, so {@code standing}
   * assumes one more, the upper bound.
   */
  List<String> tables() {
    return List.of(
        """
        -- name: the whole new file
        CREATE TABLE whole AS
        SELECT %s, %s, units_per_act, quantity, lines, quantity_lines
        FROM new_atom%s
        """
            .formatted(
                each(CodeColumn::name),
                groups((column, group) -> group, ", "),
                groups((c, g) -> " JOIN %s USING (%s)".formatted(c.codeTable(), c.name()), "")),
        """
        -- name: published blocks; their contributors lack less than one each
        CREATE TABLE standing AS
        SELECT %s, %s, units_per_act, %s,
          (contributors + 1) * %d AS units, ordinal
        FROM published%s
        """
            .formatted(
                each(CodeColumn::name),
                groups((c, g) -> "coalesce(%s, %s) AS %s".formatted(g, c.name(), g), ", "),
                measures(m -> m),
                unitsPerPerson,
                groups(
                    (c, g) -> " LEFT JOIN %s USING (%s)".formatted(c.codeTable(), c.name()), "")));
  }

  /**
   * Selects the candidates of {@code safe b} that are held back.
   *
   * @param sameKeys condition that {@code a}, a row with all codes, has the kept codes of {@code b}
   * @param sameKeysOfStep the same condition for a row {@code a} of {@code step}
   */
  List<String> held(String sameKeys, String sameKeysOfStep) {
    return Stream.concat(
            Stream.of(fewInTheFile(sameKeys)),
            // Ordinal 0 covers everything published; a later ordinal covers the changes since a
            // release.
            IntStream.range(0, imports)
                .mapToObj(ordinal -> fewTogether(ordinal, sameKeys, sameKeysOfStep)))
        .toList();
  }

  /**
   * Candidates whose codes have fewer contributors in the new file than the threshold. Codes
   * without any line have no row here and pass: nobody is left to reveal.
   */
  private String fewInTheFile(String sameKeys) {
    return """
    SELECT candidate FROM (
      SELECT candidate, CASE WHEN sum(quantity_lines) = 0 THEN sum(lines) * %d
        ELSE sum(abs(quantity) * units_per_act) END AS units
      FROM (
        SELECT b.candidate, a.service, max(a.units_per_act) AS units_per_act,
          sum(a.quantity) AS quantity, sum(a.lines) AS lines, sum(a.quantity_lines) AS quantity_lines
        FROM whole a JOIN safe b ON %s GROUP BY b.candidate, a.service)
      GROUP BY candidate) WHERE units < %d
    """
        .formatted(unitsPerPerson, sameKeys, threshold);
  }

  /**
   * Candidates that leave fewer contributors than the threshold together with the published blocks
   * from an ordinal on. Acts of known services add up exactly. Blocks of several services, or of
   * amounts alone, may cancel as many contributors as they hold, so these are subtracted ({@code
   * unknown}). A sum in which all six measures are zero is accepted: nothing is left.
   */
  private String fewTogether(int fromOrdinal, String sameKeys, String sameKeysOfStep) {
    return """
    SELECT candidate FROM (
      SELECT candidate, sum(abs(acts) * units_per_act) AS known, sum(unknown) AS unknown, %s
      FROM (
        SELECT candidate, service, max(units_per_act) AS units_per_act,
          sum(CASE WHEN units_per_act IS NULL THEN 0 ELSE quantity END) AS acts,
          sum(CASE WHEN units_per_act IS NULL OR quantity = 0 THEN units ELSE 0 END) AS unknown, %s
        FROM (
          SELECT b.candidate, a.service, a.units_per_act, %s, a.units
          FROM standing a JOIN safe b ON %s WHERE a.ordinal >= %d
          UNION ALL
          SELECT b.candidate, a.origin, a.units_per_act, %s, 0
          FROM step a JOIN safe b ON %s)
        GROUP BY candidate, service)
      GROUP BY candidate)
    WHERE coalesce(known, 0) < %d + unknown AND NOT (%s)
      AND candidate IN (SELECT b.candidate FROM standing a JOIN safe b ON %s WHERE a.ordinal >= %d)
    """
        .formatted(
            measures(m -> "sum(" + m + ") AS " + m),
            measures(m -> "sum(" + m + ") AS " + m),
            measures(m -> "a." + m),
            sameKeys,
            fromOrdinal,
            measures(m -> "a." + m),
            sameKeysOfStep,
            threshold,
            nothingLeft(),
            sameKeys,
            fromOrdinal);
  }

  /**
   * Adds the blocks just made from {@code safe} to {@code standing}, so that later candidates of
   * the same revision are compared with them too.
   */
  String remember() {
    return """
    INSERT INTO standing
    SELECT %s, %s, units_per_act, %s, b.units, %d
    FROM safe b%s
    """
        .formatted(
            each(column -> "b." + column.name()),
            groups((c, g) -> "coalesce(%s.%s, b.%s)".formatted(c.codeTable(), g, c.name()), ", "),
            measures(m -> "b." + m),
            NOW,
            groups(
                (c, g) ->
                    " LEFT JOIN %s ON %s.%s = b.%s"
                        .formatted(c.codeTable(), c.codeTable(), c.name(), c.name()),
                ""));
  }

  /** Selects the units of the whole new file. */
  public String unitsOfTheFile() {
    return """
    -- name: contributors of the new file
    SELECT CASE WHEN sum(quantity_lines) = 0 THEN sum(lines) * %d
      ELSE sum(abs(quantity) * units_per_act) END::BIGINT AS units
    FROM (
      SELECT service, max(units_per_act) AS units_per_act, sum(quantity) AS quantity,
        sum(lines) AS lines, sum(quantity_lines) AS quantity_lines
      FROM whole GROUP BY service)
    """
        .formatted(unitsPerPerson);
  }

  /** Condition that all six measures are zero. */
  private static String nothingLeft() {
    return Arrays.stream(SourceMeasure.values())
        .map(measure -> measure.id() + " = 0")
        .collect(joining(" AND "));
  }

  /**
   * Renders one expression for each column that has groups; the second argument is the group
   * column.
   */
  private String groups(BiFunction<CodeColumn, String, String> expression, String separator) {
    return columns.stream()
        .flatMap(c -> c.groups().map(group -> expression.apply(c, group.id())).stream())
        .collect(joining(separator));
  }

  private String each(Function<CodeColumn, String> expression) {
    return columns.stream().map(expression).collect(joining(", "));
  }

  private static String measures(Function<String, String> expression) {
    return Arrays.stream(SourceMeasure.values())
        .map(SourceMeasure::id)
        .map(expression)
        .collect(joining(", "));
  }
}
