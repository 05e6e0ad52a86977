package fr.opendamir.query;

import java.util.List;
import java.util.Optional;

/**
 * What a question is answered from: for each import the smallest of its rollups that tells what is
 * asked, or its blocks.
 */
public record QuestionPlan(List<Source> sources) {
  public QuestionPlan {
    sources = List.copyOf(sources);
  }

  /**
   * Imports that are read from the same rollup.
   *
   * @param rollup absent where their blocks are read
   * @param rows that are scanned
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

  /** Rows that are scanned. */
  public long scannedRows() {
    return sources.stream().mapToLong(Source::rows).sum();
  }

  /** All imports that are read. */
  List<Long> imports() {
    return sources.stream().flatMap(source -> source.imports().stream()).toList();
  }
}
