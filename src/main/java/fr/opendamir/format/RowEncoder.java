package fr.opendamir.format;

import fr.opendamir.table.Row;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Writes one answer in batches of rows. The bytes do not depend on the batch sizes. Methods may
 * block, and calls must not overlap.
 */
public interface RowEncoder extends AutoCloseable {
  byte[] NOTHING = {};

  /** Returns the bytes of the next rows; there may be none. */
  byte[] write(List<Row> next);

  /**
   * Returns bytes after the last row. It is called again until there are none; for an answer
   * without rows, these are the whole body.
   */
  byte[] end();

  /** Stops a call that is under way on another thread, which then fails. */
  default void cancel() {}

  /** Frees what the encoder takes besides memory, at the end or before it. */
  @Override
  default void close() {}

  /** The bytes of a complete answer with the given rows. */
  default byte[] all(List<Row> rows) {
    byte[] first = write(rows);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(first.length + 4096);
    bytes.writeBytes(first);
    for (byte[] part = end(); part.length > 0; part = end()) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
