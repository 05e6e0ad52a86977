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

/** Selects the smallest source that answers a question, for each import. */
final class QuestionPlanner {
  private QuestionPlanner() {}

  /** Makes the query plan of a question over imports. */
  static QuestionPlan plan(Question question, Collection<ReleaseImport> imports) {
    Grouping asked = Grouping.of(levels(question));
    Map<Optional<Rollup>, List<ReleaseImport>> bySource = new LinkedHashMap<>();
    for (ReleaseImport stored : imports) {
      bySource.computeIfAbsent(smallest(stored, asked), key -> new ArrayList<>()).add(stored);
    }
    return new QuestionPlan(
        bySource.entrySet().stream()
            .map(entry -> source(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** The levels that a question groups by or filters on. */
  static Set<Level> levels(Question question) {
    Set<Level> levels = new LinkedHashSet<>(question.groupBy());
    question.filters().forEach(filter -> levels.add(filter.level()));
    return levels;
  }

  /**
   * Finds the smallest rollup that covers the question; empty if the blocks are smaller or no
   * rollup covers it. Among rollups of equal size, takes the one with the smallest id, so that
   * plans are deterministic.
   */
  private static Optional<Rollup> smallest(ReleaseImport stored, Grouping asked) {
    Rollup smallest = null;
    long rows = stored.blocks();
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

  private static QuestionPlan.Source source(Optional<Rollup> rollup, List<ReleaseImport> imports) {
    return new QuestionPlan.Source(
        rollup,
        imports.stream().map(ReleaseImport::id).toList(),
        imports.stream()
            .mapToLong(stored -> rollup.map(r -> stored.rollups().get(r)).orElse(stored.blocks()))
            .sum());
  }
}
