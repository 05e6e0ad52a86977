package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Question;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Renders the sources of a plan as one table with the columns that a question needs: {@code
 * import_id}, levels and sums. The column names are the same for rollups and blocks.
 */
final class SourceSql {
  private final Set<Level> levels;
  private final List<SumColumn> sums;
  private final Function<Object, String> parameter;

  /**
   * Prepares the rendering.
   *
   * @param parameter adds a parameter and returns its placeholder
   */
  SourceSql(Question question, List<SumColumn> sums, Function<Object, String> parameter) {
    this.levels = QuestionPlanner.levels(question);
    this.sums = sums;
    this.parameter = parameter;
  }

  String render(QuestionPlan plan) {
    return plan.sources().isEmpty()
        ? blocks(List.of())
        : plan.sources().stream()
            .map(
                source ->
                    source
                        .rollup()
                        .map(r -> rollup(r, source))
                        .orElseGet(() -> blocks(source.imports())))
            .collect(joining(" UNION ALL "));
  }

  private String rollup(Rollup rollup, QuestionPlan.Source source) {
    return "SELECT %s FROM figures.rollup s WHERE s.rollup_id = %s AND s.import_id = ANY (%s)"
        .formatted(
            columns(level -> "s." + level.id(), sum -> "s." + sum.id()),
            parameter.apply(rollup.id()),
            parameter.apply(source.imports().toArray(Long[]::new)));
  }

  private String blocks(List<Long> imports) {
    return "SELECT %s FROM figures.block s%s WHERE s.import_id = ANY (%s)"
        .formatted(
            columns(SourceSql::ofBlock, SourceSql::ofBlock),
            joins(),
            parameter.apply(imports.toArray(Long[]::new)));
  }

  private String columns(Function<Level, String> level, Function<SumColumn, String> sum) {
    List<String> columns = new ArrayList<>();
    columns.add("s.import_id");
    if (levels.stream().anyMatch(asked -> asked.dimension() == Dimension.MONTH)) {
      columns.add("s.month");
    }
    for (Level asked : levels) {
      if (asked.dimension() != Dimension.MONTH) {
        columns.add(level.apply(asked) + " AS " + asked.id());
      }
    }
    for (SumColumn asked : sums) {
      columns.add(sum.apply(asked) + " AS " + asked.id());
    }
    return String.join(", ", columns);
  }

  private static String ofBlock(Level level) {
    return level.isFinest() ? "s." + level.id() : level.id() + ".parent";
  }

  private static String ofBlock(SumColumn sum) {
    String measure = "s." + sum.measure().id();
    return sum.careOnly()
        ? SumColumn.CARE_KINDS.stream()
            .map(kind -> "'" + kind + "'")
            .collect(
                joining(
                    ", ",
                    "CASE WHEN " + ofBlock(Level.SERVICE_KIND) + " IN (",
                    ") THEN " + measure + " END"))
        : measure;
  }

  private String joins() {
    Set<Level> coarser = EnumSet.noneOf(Level.class);
    levels.stream()
        .filter(level -> !level.isFinest() && level.dimension() != Dimension.MONTH)
        .forEach(coarser::add);
    if (sums.stream().anyMatch(SumColumn::careOnly)) {
      coarser.add(Level.SERVICE_KIND);
    }
    return coarser.stream()
        .map(
            level ->
                " LEFT JOIN figures.code_level %s ON %s.level = '%s' AND %s.code = s.%s"
                    .formatted(
                        level.id(), level.id(), level.id(), level.id(), level.dimension().id()))
        .collect(joining());
  }
}
