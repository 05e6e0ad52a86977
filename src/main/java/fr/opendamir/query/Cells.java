package fr.opendamir.query;

import java.util.List;

/**
 * Result of a statement.
 *
 * @param publishedImports number of the statement's imports that were published in its snapshot
 * @param total number of cells on all pages
 * @param rows one page, in order
 */
public record Cells(int publishedImports, long total, List<ResultRow> rows) {
  public Cells {
    rows = List.copyOf(rows);
  }
}
