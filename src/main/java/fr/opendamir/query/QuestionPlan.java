package fr.opendamir.query;

import fr.opendamir.catalog.Grouping;
import java.util.List;
import java.util.Optional;

/** The query plan of a question: what its imports are read from. One engine reads all of them. */
public record QuestionPlan(List<Source> sources) {
  public QuestionPlan {
    sources = List.copyOf(sources);
  }

  /**
   * The imports that are read from the same rollup, or from blocks.
   *
   * @param rollup absent if the blocks are read
   * @param rows number of rows to scan
   */
  public record Source(Optional<Rollup> rollup, List<ReleaseImport> imports, long rows) {
    public Source {
      imports = List.copyOf(imports);
    }

    /** Reads blocks. */
    static Source blocks(List<ReleaseImport> imports) {
      return new Source(
          Optional.empty(), imports, imports.stream().mapToLong(ReleaseImport::blocks).sum());
    }

    /** The levels of the rollup, or {@code blocks}. */
    public String name() {
      return rollup.map(stored -> stored.grouping().id()).orElse("blocks");
    }

    private long work() {
      return rollup.isPresent() ? rows : -Math.floorDiv(-rows, Grouping.BLOCKS_PER_ROLLUP_ROW);
    }
  }

  /** Whether all rows are in rollups, so that PostgreSQL answers; otherwise columns do. */
  public boolean isOfRollups() {
    return sources.stream().allMatch(source -> source.rollup().isPresent());
  }

  /** The number of rows to scan. */
  public long scannedRows() {
    return sources.stream().mapToLong(Source::rows).sum();
  }

  /** The work of the scan, as the number of rollup rows that take as long. */
  public long work() {
    return sources.stream().mapToLong(Source::work).sum();
  }

  /** All imports to read. */
  List<ReleaseImport> imports() {
    return sources.stream().flatMap(source -> source.imports().stream()).toList();
  }

  /** The same imports, read from blocks. */
  QuestionPlan ofBlocks() {
    return sources.isEmpty() ? this : new QuestionPlan(List.of(Source.blocks(imports())));
  }
}
