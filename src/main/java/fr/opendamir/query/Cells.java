package fr.opendamir.query;

import java.util.List;

/**
 * Result of a statement.
 *
 * @param publishedImports how many of its imports were published in its snapshot
 * @param total how many cells the question has on all pages
 * @param rows one page, in order
 */
public record Cells(int publishedImports, long total, List<ResultRow> rows) {
  public Cells {
    rows = List.copyOf(rows);
  }
}
