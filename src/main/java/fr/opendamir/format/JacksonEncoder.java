package fr.opendamir.format;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.opendamir.table.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Encodes rows with a Jackson generator that writes to memory. */
final class JacksonEncoder implements RowEncoder {
  /** Opens a generator. */
  interface Opening {
    JsonGenerator open(ByteArrayOutputStream bytes) throws IOException;
  }

  /** Writes a row. */
  interface RowWriter {
    void write(JsonGenerator out, Row row) throws IOException;
  }

  private final RowWriter writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
  private final JsonGenerator out;

  JacksonEncoder(Opening opening, RowWriter writer) {
    this.writer = writer;
    try {
      out = opening.open(bytes);
    } catch (IOException e) {
      throw cannotFail(e);
    }
  }

  @Override
  public byte[] write(List<Row> next) {
    try {
      writeRows(next);
      out.flush();
      return take();
    } catch (IOException e) {
      throw cannotFail(e);
    }
  }

  @Override
  public byte[] end() {
    if (out.isClosed()) {
      return NOTHING;
    }
    try {
      out.close();
      return take();
    } catch (IOException e) {
      throw cannotFail(e);
    }
  }

  private void writeRows(List<Row> rows) throws IOException {
    for (Row row : rows) {
      writer.write(out, row);
    }
  }

  private byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  static UncheckedIOException cannotFail(IOException e) {
    return new UncheckedIOException("writing to memory cannot fail", e);
  }
}
