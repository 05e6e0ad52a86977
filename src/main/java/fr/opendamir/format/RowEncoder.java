package fr.opendamir.format;

import fr.opendamir.table.Row;
import java.util.List;

/** Writes one answer in batches of rows. The bytes do not depend on the batch sizes. */
public interface RowEncoder {
  /** Returns the bytes of the next rows. */
  byte[] write(List<Row> next);

  /** Returns the bytes after the last row; for an answer without rows, these are the whole body. */
  byte[] end();
}
