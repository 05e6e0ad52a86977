package fr.opendamir.query;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses what answers a question: rollups in PostgreSQL, if every import has one that covers the
 * question and they are quicker to read, otherwise the blocks, in columns.
 */
final class QuestionPlanner {
  /** Rows of rollups that PostgreSQL reads in the time in which a file of columns is opened. */
  private static final long ROLLUP_ROWS_PER_FILE = 200;

  private QuestionPlanner() {}

  /** Makes the query plan of a question over imports. */
  static QuestionPlan plan(Question question, Collection<ReleaseImport> imports) {
    List<ReleaseImport> filled = imports.stream().filter(stored -> stored.blocks() > 0).toList();
    if (filled.isEmpty()) {
      return new QuestionPlan(List.of());
    }
    Grouping asked = Grouping.of(levels(question));
    QuestionPlan blocks = new QuestionPlan(List.of(QuestionPlan.Source.blocks(filled)));
    Map<Rollup, List<ReleaseImport>> byRollup = new LinkedHashMap<>();
    for (ReleaseImport stored : filled) {
      Optional<Rollup> smallest = smallest(stored, asked);
      if (smallest.isEmpty()) {
        return blocks;
      }
      byRollup.computeIfAbsent(smallest.get(), key -> new ArrayList<>()).add(stored);
    }
    QuestionPlan rollups =
        new QuestionPlan(
            byRollup.entrySet().stream()
                .map(entry -> source(entry.getKey(), entry.getValue()))
                .toList());
    return rollups.work()
            <= blocks.work() + Grouping.ROLLUP_ROWS_PER_SCAN + ROLLUP_ROWS_PER_FILE * filled.size()
        ? rollups
        : blocks;
  }

  /** The levels that a question groups by or filters on. */
  static Set<Level> levels(Question question) {
    Set<Level> levels = new LinkedHashSet<>(question.groupBy());
    question.filters().forEach(filter -> levels.add(filter.level()));
    return levels;
  }

  /**
   * Finds the smallest rollup that covers the question; empty if none does. Among rollups of equal
   * size, takes the one with the smallest id, so that plans are deterministic.
   */
  private static Optional<Rollup> smallest(ReleaseImport stored, Grouping asked) {
    Rollup smallest = null;
    long rows = Long.MAX_VALUE;
    for (Map.Entry<Rollup, Long> entry : stored.rollups().entrySet()) {
      Rollup rollup = entry.getKey();
      boolean isSmaller =
          entry.getValue() < rows
              || (entry.getValue() == rows && smallest != null && rollup.id() < smallest.id());
      if (isSmaller && rollup.grouping().covers(asked)) {
        smallest = rollup;
        rows = entry.getValue();
      }
    }
    return Optional.ofNullable(smallest);
  }

  private static QuestionPlan.Source source(Rollup rollup, List<ReleaseImport> imports) {
    return new QuestionPlan.Source(
        Optional.of(rollup),
        imports,
        imports.stream().mapToLong(stored -> stored.rollups().get(rollup)).sum());
  }
}
