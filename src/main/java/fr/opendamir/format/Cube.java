package fr.opendamir.format;

import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The positions of figures in the cube of all codes of all axes and all measures. Cells are
 * numbered from 0 in row-major order: the last dimension, the measures, varies fastest.
 */
final class Cube {
  /** With many levels, even a few rows can span a cube that is too large for clients. */
  private static final int MAX_CELLS = 1_000_000;

  private final List<Map<String, Integer>> positions = new ArrayList<>();
  private final int measures;

  /**
   * Computes the cube of the given rows.
   *
   * @throws TooManyCellsException if it would have more than {@value #MAX_CELLS} cells
   */
  Cube(AnswerTable table, List<Row> rows) {
    measures = table.figures().size();
    for (int i = 0; i < table.axes().size(); i++) {
      positions.add(positions(table.axes().get(i), i, rows));
    }
    long cells = measures;
    for (Map<String, Integer> codes : positions) {
      cells *= codes.size();
      if (cells > MAX_CELLS) {
        throw new TooManyCellsException(MAX_CELLS, table.axes().get(widest()).id());
      }
    }
  }

  /** The codes of an axis, in the order of their positions. */
  Collection<String> codes(int axis) {
    return positions.get(axis).keySet();
  }

  /** The number of categories of each dimension, the measures last. */
  List<Integer> size() {
    List<Integer> size = new ArrayList<>();
    positions.forEach(codes -> size.add(codes.size()));
    size.add(measures);
    return size;
  }

  /** Whether every combination of codes has a row. */
  boolean isFull(List<Row> rows) {
    return rows.size()
        == positions.stream().mapToLong(Map::size).reduce(1, (all, codes) -> all * codes);
  }

  /** The number of the cell with the first measure of a row; the other measures follow. */
  int firstCell(Row row) {
    int cell = 0;
    for (int i = 0; i < positions.size(); i++) {
      cell = cell * positions.get(i).size() + positions.get(i).get(row.codes().get(i));
    }
    return cell * measures;
  }

  /**
   * The positions of codes: periods in chronological order, for charts; other codes in row order.
   */
  private static Map<String, Integer> positions(Axis axis, int column, List<Row> rows) {
    Set<String> codes = axis.role() == Axis.Role.TIME ? new TreeSet<>() : new LinkedHashSet<>();
    rows.forEach(row -> codes.add(row.codes().get(column)));
    Map<String, Integer> positions = new LinkedHashMap<>();
    codes.forEach(code -> positions.put(code, positions.size()));
    return positions;
  }

  private int widest() {
    int widest = 0;
    for (int i = 1; i < positions.size(); i++) {
      widest = positions.get(i).size() > positions.get(widest).size() ? i : widest;
    }
    return widest;
  }
}
