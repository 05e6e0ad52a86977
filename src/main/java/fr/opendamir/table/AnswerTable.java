package fr.opendamir.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer without its rows, which are passed separately, all at once or as a stream.
 *
 * @param columns the columns of the rows, in order
 * @param axes the levels of the grouping, in the order of the codes of a row
 * @param figures the measures, in the order of the figures of a row
 * @param description absent for a table that is not an answer, such as a code list
 */
public record AnswerTable(
    List<Column> columns,
    List<Axis> axes,
    List<Figure> figures,
    Optional<AnswerDescription> description) {
  public AnswerTable {
    columns = List.copyOf(columns);
    axes = List.copyOf(axes);
    figures = List.copyOf(figures);
  }

  /**
   * Creates a table with the usual columns: the code, label or both of each axis, then the figures,
   * then {@code status} and, in a comparison, {@code compared_status}.
   *
   * @param showsCodes whether there are columns of codes
   */
  public static AnswerTable of(
      List<Axis> axes,
      List<Figure> figures,
      boolean showsCodes,
      Optional<AnswerDescription> description) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      Axis axis = axes.get(i);
      if (showsCodes) {
        ColumnType type = axis.role() == Axis.Role.TIME ? ColumnType.PERIOD : ColumnType.CODE;
        columns.add(new Column(axis.id(), type, i));
      }
      if (axis.labels().isPresent()) {
        columns.add(new Column(axis.id() + "_label", ColumnType.LABEL, i, axis.labels().get()));
      }
    }
    for (int i = 0; i < figures.size(); i++) {
      Figure figure = figures.get(i);
      columns.add(new Column(figure.id(), figure.type(), i));
    }
    columns.add(new Column("status", ColumnType.STATUS, 0));
    if (figures.stream().anyMatch(figure -> figure.side() == Figure.Side.COMPARED)) {
      columns.add(new Column("compared_status", ColumnType.STATUS, 1));
    }
    return new AnswerTable(columns, axes, figures, description);
  }
}
