package fr.opendamir.ingest.rollup;

import fr.opendamir.catalog.Grouping;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Number of rows of a month that questions of up to four levels scan. */
public final class ScannedRows {
  private record Question(double weight, long rows) {}

  private final List<Question> questions;

  private ScannedRows(List<Question> questions) {
    this.questions = questions;
  }

  /**
   * Calculates the rows with these rollups, given with their sizes; questions that no rollup
   * answers scan the blocks.
   */
  public static ScannedRows of(Map<Grouping, Long> rollups, long blocks) {
    List<Grouping> all = QuestionSpace.questions();
    return new ScannedRows(
        IntStream.range(0, all.size())
            .mapToObj(
                i -> new Question(QuestionSpace.weight(i), scanned(all.get(i), rollups, blocks)))
            .sorted(Comparator.comparingLong(Question::rows))
            .toList());
  }

  private static long scanned(Grouping question, Map<Grouping, Long> rollups, long blocks) {
    long least = blocks;
    for (Map.Entry<Grouping, Long> rollup : rollups.entrySet()) {
      if (rollup.getValue() < least && rollup.getKey().covers(question)) {
        least = rollup.getValue();
      }
    }
    return least;
  }

  /** The weighted mean. */
  public long mean() {
    return Math.round(questions.stream().mapToDouble(q -> q.weight() * q.rows()).sum());
  }

  /** The number of rows that this weighted share (0..1) of the questions does not exceed. */
  public long percentile(double share) {
    double sum = 0;
    for (Question question : questions) {
      sum += question.weight();
      if (sum >= share) {
        return question.rows();
      }
    }
    return questions.get(questions.size() - 1).rows();
  }
}
