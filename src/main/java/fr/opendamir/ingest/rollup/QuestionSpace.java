package fr.opendamir.ingest.rollup;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions for which rollups are chosen: all groupings of up to four levels, by which a
 * question groups or filters.
 *
 * <p>All questions with the same number of levels have the same total weight. Otherwise the
 * thousand groupings of four levels would outweigh the fifteen of one level, which are asked more
 * often.
 */
final class QuestionSpace {
  /** Maximum number of levels of a question, without the month. */
  static final int MOST_LEVELS = 4;

  private static final List<Grouping> QUESTIONS = enumerate();
  private static final double[] WEIGHTS = weights();

  private QuestionSpace() {}

  static List<Grouping> questions() {
    return QUESTIONS;
  }

  /** Returns the weight of a question by its position in the list; the weights sum to one. */
  static double weight(int question) {
    return WEIGHTS[question];
  }

  private static List<Grouping> enumerate() {
    List<Grouping> found = new ArrayList<>();
    extend(List.of(), 0, found);
    return List.copyOf(found);
  }

  private static void extend(List<Level> levels, int next, List<Grouping> found) {
    found.add(Grouping.of(levels));
    List<Level> possible = Grouping.possibleLevels();
    for (int i = next; i < possible.size() && levels.size() < MOST_LEVELS; i++) {
      Level level = possible.get(i);
      if (levels.stream().noneMatch(other -> other.dimension() == level.dimension())) {
        List<Level> longer = new ArrayList<>(levels);
        longer.add(level);
        extend(longer, i + 1, found);
      }
    }
  }

  private static double[] weights() {
    Map<Integer, Integer> counts = new HashMap<>();
    QUESTIONS.forEach(question -> counts.merge(question.levels().size(), 1, Integer::sum));
    return QUESTIONS.stream()
        .mapToDouble(question -> 1.0 / counts.get(question.levels().size()) / counts.size())
        .toArray();
  }
}
