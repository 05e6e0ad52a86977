package fr.opendamir.ingest.rollup;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions that rollups are chosen for: all groupings of up to four levels, by which a
 * question groups or filters.
 *
 * <p>Each number of levels counts the same in all, for there are a thousand groupings of four
 * levels and fifteen of one, which people ask for more.
 */
final class QuestionSpace {
  /** Levels of a question besides the month. */
  static final int MOST_LEVELS = 4;

  private static final List<Grouping> QUESTIONS = enumerate();
  private static final double[] WEIGHTS = weights();

  private QuestionSpace() {}

  static List<Grouping> questions() {
    return QUESTIONS;
  }

  /** The weight of a question by its place in the list; they add up to one. */
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
