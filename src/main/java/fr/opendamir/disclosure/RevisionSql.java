package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SourceMeasure;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What the change of a published month obeys besides the threshold, as SQL. Twelve acts are safe,
 * and so is a change of eleven; but where a revision takes eleven of the twelve, earlier figure and
 * change give the one that is left. So a change is held back, and put together with others,
 *
 * <ul>
 *   <li>where the new file has some, but fewer than eleven, contributors in what the change is of;
 *   <li>where the change and the published blocks of the same codes would leave some, but fewer
 *       than eleven.
 * </ul>
 *
 * <p>Tables: {@code new_atom} (codes, quantity, lines, quantity_lines of the new file) and {@code
 * published} (codes, the six sums, contributors of what is published) come in.
 */
public final class RevisionSql {
  private final List<CodeColumn> columns;
  private final long unitsPerPerson;
  private final long threshold;

  public RevisionSql(List<CodeColumn> columns, ContributorWeights weights) {
    this.columns = List.copyOf(columns);
    this.unitsPerPerson = weights.unitsPerPerson();
    this.threshold = weights.threshold();
  }

  List<String> tables() {
    return List.of(
        """
        -- name: the whole new file
        CREATE TABLE whole AS
        SELECT %s, service_group, exemption_group, units_per_act, quantity, lines, quantity_lines
        FROM new_atom JOIN service_weight USING (service) JOIN exemption_code USING (exemption)
        """
            .formatted(each(CodeColumn::name)),
        """
        -- name: published blocks; their contributors lack less than one each
        CREATE TABLE standing AS
        SELECT %s, %s, contributors * %d * CASE WHEN quantity < 0 THEN -1 ELSE 1 END AS units
        FROM published
        """
            .formatted(each(CodeColumn::name), measures(m -> m), unitsPerPerson));
  }

  /** Selects candidates of {@code safe b} that are held back. */
  List<String> held(String sameKeys) {
    return List.of(
        """
        SELECT candidate FROM (
          SELECT candidate, CASE WHEN sum(quantity_lines) = 0 THEN sum(lines) * %d
            ELSE sum(abs(quantity) * units_per_act) END AS units
          FROM (
            SELECT b.candidate, a.service, max(a.units_per_act) AS units_per_act,
              sum(a.quantity) AS quantity, sum(a.lines) AS lines, sum(a.quantity_lines) AS quantity_lines
            FROM whole a JOIN safe b ON %s GROUP BY b.candidate, a.service)
          GROUP BY candidate) WHERE units < %d
        """
            .formatted(unitsPerPerson, sameKeys, threshold),
        """
        SELECT candidate FROM (
          SELECT b.candidate, %s, count(*) AS blocks, sum(s.units) + any_value(%s) AS units
          FROM safe b JOIN standing s ON %s GROUP BY b.candidate)
        WHERE abs(units) < %d + blocks * %d AND NOT (%s)
        """
            .formatted(
                measures(m -> "sum(s.%s) + any_value(b.%s) AS %s".formatted(m, m, m)),
                signedUnits("b."),
                sameCodes("b", "s"),
                threshold,
                unitsPerPerson,
                nothingLeft()));
  }

  /** Counts the blocks just made from {@code safe} among those that stand. */
  String remember() {
    return "INSERT INTO standing SELECT %s, %s, %s FROM safe"
        .formatted(each(CodeColumn::name), measures(m -> m), signedUnits(""));
  }

  /** How many codes the blocks of the change and the published ones leave too few under. */
  public String leftTooSmall() {
    return """
        -- name: codes under which a revision would leave too few
        SELECT count(*) AS n FROM (
          SELECT %s, %s, bool_or(change) AS change, count(*) AS blocks, sum(units) AS units FROM (
            SELECT %s, %s, contributors * %d * CASE WHEN quantity < 0 THEN -1 ELSE 1 END AS units,
              false AS change FROM published
            UNION ALL
            SELECT %s, %s, %s, true FROM block)
          GROUP BY %s)
        WHERE change AND blocks > 1 AND abs(units) < %d AND NOT (%s)
        """
        .formatted(
            each(CodeColumn::name),
            measures(m -> "sum(%s) AS %s".formatted(m, m)),
            each(CodeColumn::name),
            measures(m -> m),
            unitsPerPerson,
            each(CodeColumn::name),
            measures(m -> m),
            signedUnits(""),
            each(CodeColumn::name),
            threshold,
            nothingLeft());
  }

  /** Where no acts changed, which way the change goes is not known: the worse is taken. */
  private static String signedUnits(String prefix) {
    return "CASE WHEN %squantity > 0 THEN %sunits ELSE -%sunits END"
        .formatted(prefix, prefix, prefix);
  }

  private static String nothingLeft() {
    return Arrays.stream(SourceMeasure.values())
        .map(measure -> measure.id() + " = 0")
        .collect(joining(" AND "));
  }

  private String sameCodes(String left, String right) {
    return columns.stream()
        .map(column -> left + "." + column.name() + " = " + right + "." + column.name())
        .collect(joining(" AND "));
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
