package fr.opendamir.store;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.query.Cells;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads cells from rows: some columns before them, then a text for each level, then a number for
 * each sum.
 */
record RowCells(int leadingColumns, List<Level> levels, List<SumColumn> sums) {
  Cells.Cell cell(Row row) {
    List<String> codes = new ArrayList<>(levels.size());
    List<Long> values = new ArrayList<>(sums.size());
    for (int i = 0; i < levels.size(); i++) {
      codes.add(row.getString(leadingColumns + i));
    }
    for (int i = 0; i < sums.size(); i++) {
      values.add(row.getLong(leadingColumns + levels.size() + i));
    }
    return new Cells.Cell(codes, values);
  }
}
