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
 * What the change of a published month obeys besides the threshold, as SQL. Twelve acts are safe,
 * and so is a change of eleven; but where a revision takes eleven of the twelve, earlier figure and
 * change give the one that is left. So a change is held back, and put together with others, where,
 * of what it was put together by, some but fewer than eleven contributors
 *
 * <ul>
 *   <li>are in the new file, or
 *   <li>are in the published blocks and the change together, or
 *   <li>are in the changes since an earlier release and the change together: what one revision adds
 *       and the next takes back would tell the few that stay.
 * </ul>
 *
 * <p>Tables: {@code new_atom} (codes, quantity, lines, quantity_lines of the new file) and {@code
 * published} (codes, the six sums, contributors, {@code ordinal}: 0 for the month's first import, 1
 * for its first revision, …) come in.
 */
public final class RevisionSql {
  /** Ordinal of the blocks of the revision being made. */
  private static final int NOW = 1_000_000;

  private final List<CodeColumn> columns;
  private final int imports;
  private final long unitsPerPerson;
  private final long threshold;

  /**
   * Renders the rules.
   *
   * @param imports how many imports the month is published by
   */
  public RevisionSql(List<CodeColumn> columns, int imports, ContributorWeights weights) {
    this.columns = List.copyOf(columns);
    this.imports = imports;
    this.unitsPerPerson = weights.unitsPerPerson();
    this.threshold = weights.threshold();
  }

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
   * Selects candidates of {@code safe b} that are held back.
   *
   * @param sameKeys that {@code a}, a row with all codes, agrees with {@code b} in what is kept
   * @param sameKeysOfStep the same of {@code a} in {@code step}
   */
  List<String> held(String sameKeys, String sameKeysOfStep) {
    return Stream.concat(
            Stream.of(fewInTheFile(sameKeys)),
            // From 0, all that is published; from a later ordinal, what changed since a release.
            IntStream.range(0, imports)
                .mapToObj(ordinal -> fewTogether(ordinal, sameKeys, sameKeysOfStep)))
        .toList();
  }

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
   * Acts of known services add up exactly. Blocks of several services or of amounts alone may take
   * from that as many contributors as they hold.
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

  /** Counts the blocks just made from {@code safe} among those that stand. */
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

  /** The units of the whole new file. */
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

  private static String nothingLeft() {
    return Arrays.stream(SourceMeasure.values())
        .map(measure -> measure.id() + " = 0")
        .collect(joining(" AND "));
  }

  /** One expression for each column with groups and the name of their column. */
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
