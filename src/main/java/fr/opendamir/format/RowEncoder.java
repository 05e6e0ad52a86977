package fr.opendamir.format;

import fr.opendamir.table.Row;
import java.util.List;

/** Writes one answer some rows at a time: the bytes are the same however the rows are cut. */
public interface RowEncoder {
  /** The bytes of the next rows. */
  byte[] write(List<Row> next);

  /** The bytes after the last row, or of an answer without rows. */
  byte[] end();
}
