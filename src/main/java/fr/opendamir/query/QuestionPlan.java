package fr.opendamir.query;

import fr.opendamir.catalog.Grouping;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The query plan of a question: what its imports are read from. One engine reads all of them.
 *
 * @param denominators present if the question has rates
 * @param compared present if the question is a comparison
 * @param filled present if groups have a row for every period
 * @param cellBound the highest possible number of cells by {@link CellBound}; absent if it was not
 *     needed
 */
public record QuestionPlan(
    List<Source> sources,
    Optional<Denominators> denominators,
    Optional<Compared> compared,
    Optional<FilledPeriods> filled,
    OptionalLong cellBound) {
  public QuestionPlan {
    sources = List.copyOf(sources);
  }

  /** Creates the plan of a question without rates. */
  public QuestionPlan(List<Source> sources) {
    this(sources, Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
  }

  /** The same plan with what rates are divided by. */
  QuestionPlan with(Optional<Denominators> other) {
    return new QuestionPlan(sources, other, compared, filled, cellBound);
  }

  /** The same plan with the period that figures are compared with. */
  QuestionPlan with(Compared other) {
    return new QuestionPlan(sources, denominators, Optional.of(other), filled, cellBound);
  }

  /** The same plan with other sources. */
  QuestionPlan of(List<Source> others) {
    return new QuestionPlan(others, denominators, compared, filled, cellBound);
  }

  /** The same plan with the periods for which groups have rows. */
  QuestionPlan filling(Optional<FilledPeriods> periods) {
    return new QuestionPlan(sources, denominators, compared, periods, cellBound);
  }

  /** The same plan with the highest possible number of cells. */
  QuestionPlan bounded(long cells) {
    return new QuestionPlan(sources, denominators, compared, filled, OptionalLong.of(cells));
  }

  /**
   * The period that figures are compared with.
   *
   * @param denominators present if the question has rates
   */
  public record Compared(ComparedMonths months, Optional<Denominators> denominators) {}

  /**
   * The imports that are read from rows by the same levels.
   *
   * @param rollup the rollup in PostgreSQL; absent if segments are read
   * @param grouping the levels of the rows; absent for blocks, which have all
   * @param rows number of rows to scan
   * @param isCompared whether they are of the earlier period of a comparison
   */
  public record Source(
      Optional<Rollup> rollup,
      Optional<Grouping> grouping,
      List<ReleaseImport> imports,
      long rows,
      boolean isCompared) {
    public Source {
      imports = List.copyOf(imports);
    }

    /** Creates a source of the requested period. */
    public Source(
        Optional<Rollup> rollup,
        Optional<Grouping> grouping,
        List<ReleaseImport> imports,
        long rows) {
      this(rollup, grouping, imports, rows, false);
    }

    /** The same rows for the earlier period. */
    Source ofComparedPeriod() {
      return new Source(rollup, grouping, imports, rows, true);
    }

    /** Reads a rollup in PostgreSQL. */
    static Source rollup(Rollup rollup, List<ReleaseImport> imports) {
      return new Source(
          Optional.of(rollup),
          Optional.of(rollup.grouping()),
          imports,
          imports.stream().mapToLong(stored -> stored.rollups().get(rollup)).sum());
    }

    /** Reads blocks. */
    public static Source blocks(List<ReleaseImport> imports) {
      return new Source(
          Optional.empty(),
          Optional.empty(),
          imports,
          imports.stream().mapToLong(ReleaseImport::blocks).sum());
    }

    /** The same rows, of some of the imports. */
    Source of(List<ReleaseImport> some) {
      return new Source(rollup, grouping, some, rows, isCompared);
    }

    /** The segments of the rows, one for each import that has it. */
    public Stream<Segment> segments() {
      return imports.stream().flatMap(stored -> stored.segment(grouping).stream());
    }

    /** The levels of the rows, or {@code blocks}. */
    public String name() {
      return grouping.map(Grouping::id).orElse("blocks");
    }

    private long work() {
      return rollup.isPresent() ? rows : -Math.floorDiv(-rows, Grouping.BLOCKS_PER_ROLLUP_ROW);
    }
  }

  /** Whether all rows are in rollups in PostgreSQL, which answers then; otherwise columns do. */
  public boolean isOfRollups() {
    return sources.stream().allMatch(source -> source.rollup().isPresent());
  }

  /** The number of rows to scan. */
  public long scannedRows() {
    return sources.stream().mapToLong(Source::rows).sum();
  }

  /** The highest possible number of cells: a scanned row adds at most one. */
  long mostCells() {
    return cellBound.orElseGet(
        () -> filled.map(FilledPeriods::mostCells).orElseGet(this::scannedRows));
  }

  /** The work of the scan and of filling, as the number of rollup rows that take as long. */
  public long work() {
    return sources.stream().mapToLong(Source::work).sum()
        + filled.map(FilledPeriods::mostCells).orElse(0L);
  }

  /** All imports to read, each once. */
  public List<ReleaseImport> imports() {
    return sources.stream().flatMap(source -> source.imports().stream()).distinct().toList();
  }

  /** The imports of one of the periods. */
  List<ReleaseImport> imports(boolean ofComparedPeriod) {
    return sources.stream()
        .filter(source -> source.isCompared() == ofComparedPeriod)
        .flatMap(source -> source.imports().stream())
        .toList();
  }
}
