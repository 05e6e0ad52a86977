package fr.opendamir.query;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses what answers a question: rollups in PostgreSQL, if every import has one that covers the
 * question and they are quicker to read, otherwise the smallest segments that do, in columns.
 */
final class QuestionPlanner {
  /** Rows of rollups that PostgreSQL reads in the time in which a file of columns is opened. */
  private static final long ROLLUP_ROWS_PER_FILE = 400;

  private QuestionPlanner() {}

  /** Makes the query plan of a question over imports. */
  static QuestionPlan plan(Question question, Collection<ReleaseImport> imports) {
    List<ReleaseImport> filled = filled(imports);
    QuestionPlan columns = ofColumns(question, filled);
    return ofRollups(Grouping.of(levels(question)), filled)
        .filter(
            rollups ->
                rollups.work()
                    <= columns.work()
                        + Grouping.ROLLUP_ROWS_PER_SCAN
                        + ROLLUP_ROWS_PER_FILE * filled.size())
        .orElse(columns);
  }

  /**
   * Makes the query plan of a comparison. One engine reads both periods; imports of both are read
   * twice.
   */
  static QuestionPlan plan(
      Question question, Collection<ReleaseImport> asked, Collection<ReleaseImport> compared) {
    Set<ReleaseImport> both = new LinkedHashSet<>(asked);
    both.addAll(compared);
    if (!plan(question, both).isOfRollups()) {
      return ofColumns(question, asked, compared);
    }
    Grouping levels = Grouping.of(levels(question));
    return ofBoth(
        ofRollups(levels, filled(asked)).orElseThrow(),
        ofRollups(levels, filled(compared)).orElseThrow());
  }

  private static QuestionPlan ofBoth(QuestionPlan asked, QuestionPlan compared) {
    return new QuestionPlan(
        Stream.concat(
                asked.sources().stream(),
                compared.sources().stream().map(QuestionPlan.Source::ofComparedPeriod))
            .toList());
  }

  /** The same plan for columns. */
  static QuestionPlan ofColumns(Question question, QuestionPlan plan) {
    return plan.of(ofColumns(question, plan.imports(false), plan.imports(true)).sources());
  }

  private static QuestionPlan ofColumns(
      Question question, Collection<ReleaseImport> asked, Collection<ReleaseImport> compared) {
    return ofBoth(ofColumns(question, asked), ofColumns(question, compared));
  }

  /** Makes the query plan of a question that columns answer. */
  static QuestionPlan ofColumns(Question question, Collection<ReleaseImport> imports) {
    Grouping asked = Grouping.of(levels(question));
    Map<Optional<Grouping>, List<ReleaseImport>> byGrouping = new LinkedHashMap<>();
    for (ReleaseImport stored : filled(imports)) {
      byGrouping
          .computeIfAbsent(smallestSegment(stored, asked), key -> new ArrayList<>())
          .add(stored);
    }
    return new QuestionPlan(
        byGrouping.entrySet().stream()
            .map(
                entry ->
                    entry.getKey().isEmpty()
                        ? QuestionPlan.Source.blocks(entry.getValue())
                        : summed(entry.getKey().get(), entry.getValue()))
            .toList());
  }

  private static QuestionPlan.Source summed(Grouping grouping, List<ReleaseImport> imports) {
    QuestionPlan.Source source =
        new QuestionPlan.Source(Optional.empty(), Optional.of(grouping), imports, 0);
    return new QuestionPlan.Source(
        source.rollup(),
        source.grouping(),
        imports,
        source.segments().mapToLong(Segment::rows).sum());
  }

  /** The plan of rollups in PostgreSQL; absent if an import has none that covers the question. */
  private static Optional<QuestionPlan> ofRollups(Grouping asked, List<ReleaseImport> imports) {
    Map<Rollup, List<ReleaseImport>> byRollup = new LinkedHashMap<>();
    for (ReleaseImport stored : imports) {
      Optional<Rollup> smallest = smallestRollup(stored, asked);
      if (smallest.isEmpty()) {
        return Optional.empty();
      }
      byRollup.computeIfAbsent(smallest.get(), key -> new ArrayList<>()).add(stored);
    }
    return Optional.of(
        new QuestionPlan(
            byRollup.entrySet().stream()
                .map(entry -> QuestionPlan.Source.rollup(entry.getKey(), entry.getValue()))
                .toList()));
  }

  /**
   * The number of rows by some levels, filters left out, in all imports of a plan. There are no
   * more cells by these levels, because each row adds to one of them.
   */
  static long rowsBy(Collection<Level> levels, QuestionPlan plan) {
    Grouping asked = Grouping.of(levels);
    return plan.sources().stream()
        .flatMap(source -> source.imports().stream())
        .mapToLong(stored -> fewestRows(stored, asked))
        .sum();
  }

  private static long fewestRows(ReleaseImport stored, Grouping asked) {
    Stream<Long> rollups =
        stored.rollups().entrySet().stream()
            .filter(entry -> entry.getKey().grouping().covers(asked))
            .map(Map.Entry::getValue);
    Stream<Long> segments =
        stored.segments().stream()
            .filter(
                segment -> segment.grouping().filter(levels -> levels.covers(asked)).isPresent())
            .map(Segment::rows);
    return Stream.concat(rollups, segments).min(Long::compare).orElse(stored.blocks());
  }

  private static List<ReleaseImport> filled(Collection<ReleaseImport> imports) {
    return imports.stream().filter(stored -> stored.blocks() > 0).toList();
  }

  /** The levels that a question groups by or filters on. */
  static Set<Level> levels(Question question) {
    Set<Level> levels = summedLevels(question);
    question.filters().forEach(filter -> levels.add(filter.level()));
    return levels;
  }

  /** The levels by whose codes a question distinguishes the figures that it sums. */
  static Set<Level> summedLevels(Question question) {
    Set<Level> levels = new LinkedHashSet<>(question.groupBy());
    if (question.measures().stream().anyMatch(Measure::isStandardised)) {
      levels.addAll(List.of(Level.SEX, Level.AGE_GROUP)); // of the strata
    }
    return levels;
  }

  /**
   * Finds the smallest rollup that covers the question; empty if none does. Among rollups of equal
   * size, takes the one with the smallest id, so that plans are deterministic.
   */
  private static Optional<Rollup> smallestRollup(ReleaseImport stored, Grouping asked) {
    return stored.rollups().entrySet().stream()
        .filter(entry -> entry.getKey().grouping().covers(asked))
        .min(Map.Entry.<Rollup, Long>comparingByValue().thenComparing(entry -> entry.getKey().id()))
        .map(Map.Entry::getKey);
  }

  /** The grouping of the smallest segment that covers the question; absent for blocks. */
  private static Optional<Grouping> smallestSegment(ReleaseImport stored, Grouping asked) {
    return stored.segments().stream()
        .filter(segment -> segment.grouping().filter(levels -> levels.covers(asked)).isPresent())
        .min(
            Comparator.comparingLong(Segment::rows)
                .thenComparing(segment -> segment.grouping().orElseThrow().id()))
        .flatMap(Segment::grouping);
  }
}
