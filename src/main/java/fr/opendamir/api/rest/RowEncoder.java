package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.query.ResultRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes rows in a format that is nothing but rows, some at a time: the bytes are the same however
 * the rows are cut.
 */
final class RowEncoder {
  /** Opens a generator that writes to memory. */
  interface Format {
    JsonGenerator open(ByteArrayOutputStream bytes) throws IOException;
  }

  private final AnswerRows rows;
  private final String lastLineEnd;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
  private final JsonGenerator out;
  private boolean isEmpty = true;

  /**
   * Starts an answer.
   *
   * @param lastLineEnd what ends the last row where the generator only separates them
   */
  RowEncoder(AnswerRows rows, Format format, String lastLineEnd) {
    this.rows = rows;
    this.lastLineEnd = lastLineEnd;
    try {
      out = format.open(bytes);
    } catch (IOException e) {
      throw cannotFail(e);
    }
  }

  /** The bytes of the next rows. */
  byte[] write(List<ResultRow> next) {
    try {
      for (ResultRow row : next) {
        rows.write(out, row);
        isEmpty = false;
      }
      out.flush();
      return take();
    } catch (IOException e) {
      throw cannotFail(e);
    }
  }

  /** The bytes after the last row, or of an answer without rows. */
  byte[] end() {
    try {
      out.close();
    } catch (IOException e) {
      throw cannotFail(e);
    }
    if (!isEmpty) {
      bytes.writeBytes(lastLineEnd.getBytes(StandardCharsets.US_ASCII));
    }
    return take();
  }

  /** The bytes of an answer that has these rows and no others. */
  byte[] all(List<ResultRow> all) {
    byte[] written = write(all);
    bytes.writeBytes(written);
    return end();
  }

  private byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  private static UncheckedIOException cannotFail(IOException e) {
    return new UncheckedIOException("writing to memory cannot fail", e);
  }
}
