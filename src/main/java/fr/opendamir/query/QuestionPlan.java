package fr.opendamir.query;

import java.util.List;
import java.util.Optional;

/**
 * The query plan of a question: for each import, the smallest of its rollups that covers the
 * question, or its blocks if none does.
 */
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
  public record Source(Optional<Rollup> rollup, List<Long> imports, long rows) {
    public Source {
      imports = List.copyOf(imports);
    }

    /** The levels of the rollup, or {@code blocks}. */
    public String name() {
      return rollup.map(stored -> stored.grouping().id()).orElse("blocks");
    }
  }

  /** The number of rows to scan. */
  public long scannedRows() {
    return sources.stream().mapToLong(Source::rows).sum();
  }

  /** The ids of all imports to read. */
  List<Long> imports() {
    return sources.stream().flatMap(source -> source.imports().stream()).toList();
  }
}
