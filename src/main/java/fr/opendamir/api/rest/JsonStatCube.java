package fr.opendamir.api.rest;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the figures of an answer lie in a cube of every code of every level by every measure. Cells
 * are numbered from 0 in row-major order: the last dimension, the measures, varies fastest.
 */
final class JsonStatCube {
  /** A grouping by many levels has few rows but a cube that no reader could hold. */
  static final int MAX_CELLS = 1_000_000;

  private final List<Map<String, Integer>> positions = new ArrayList<>();
  private final int measures;

  /**
   * Lays out the cube of an answer's rows.
   *
   * @throws QuestionException when it would have more than {@link #MAX_CELLS} cells
   */
  JsonStatCube(AggregateResult result) {
    Question query = result.query();
    measures = query.measures().size();
    for (int i = 0; i < query.groupBy().size(); i++) {
      positions.add(positions(query.groupBy().get(i), i, result.rows()));
    }
    long cells = measures;
    for (Map<String, Integer> codes : positions) {
      cells *= codes.size();
      if (cells > MAX_CELLS) {
        throw tooLarge(query);
      }
    }
  }

  /** The codes of a level of the grouping, in the order of their positions. */
  Collection<String> codes(int level) {
    return positions.get(level).keySet();
  }

  /** How many categories each dimension has, the measures last. */
  List<Integer> size() {
    List<Integer> size = new ArrayList<>();
    positions.forEach(codes -> size.add(codes.size()));
    size.add(measures);
    return size;
  }

  /** The number of the cell that holds a measure of a row. */
  int cell(ResultRow row, int measure) {
    int cell = 0;
    for (int i = 0; i < positions.size(); i++) {
      cell = cell * positions.get(i).size() + positions.get(i).get(row.codes().get(i));
    }
    return cell * measures + measure;
  }

  /** Periods in order of time, on which readers draw; other codes in the order of the rows. */
  private static Map<String, Integer> positions(Level level, int column, List<ResultRow> rows) {
    Set<String> codes =
        level.dimension() == Dimension.MONTH ? new TreeSet<>() : new LinkedHashSet<>();
    rows.forEach(row -> codes.add(row.codes().get(column)));
    Map<String, Integer> positions = new LinkedHashMap<>();
    codes.forEach(code -> positions.put(code, positions.size()));
    return positions;
  }

  private QuestionException tooLarge(Question query) {
    int widest = 0;
    for (int i = 1; i < positions.size(); i++) {
      widest = positions.get(i).size() > positions.get(widest).size() ? i : widest;
    }
    String level = query.groupBy().get(widest).id();
    Label detail =
        new Label(
            ("un cube json-stat de plus de %d cellules n'est pas servi : retirer %s de group_by,"
                    + " filtrer davantage, ou demander format=csv ou format=ndjson")
                .formatted(MAX_CELLS, level),
            ("a json-stat cube of more than %d cells is not served: leave %s out of group_by,"
                    + " filter more, or ask for format=csv or format=ndjson")
                .formatted(MAX_CELLS, level));
    return new QuestionException(
        QuestionException.Reason.IMPOSSIBLE,
        List.of(new QuestionError("format", "too_many_cells", detail, List.of("csv", "ndjson"))));
  }
}
