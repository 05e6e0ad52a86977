package fr.opendamir.query;

import java.util.List;

/**
 * What a statement returned.
 *
 * @param publishedImports how many of the asked imports its snapshot saw published
 * @param total how many cells the question has in all
 * @param cells the first of them, in order
 */
public record Cells(int publishedImports, long total, List<Cell> cells) {
  public Cells {
    cells = List.copyOf(cells);
  }

  /** One cell: codes by level, sums (cents or acts; null where nothing was in scope) by column. */
  public record Cell(List<String> codes, List<Long> sums) {}
}
