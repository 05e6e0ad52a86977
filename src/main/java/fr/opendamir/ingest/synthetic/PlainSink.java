package fr.opendamir.ingest.synthetic;

import java.io.IOException;
import java.io.OutputStream;

/** Text as it is. */
final class PlainSink implements LineSink {

  private final OutputStream out;

  PlainSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(byte[] text, int length) throws IOException {
    out.write(text, 0, length);
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }

  @Override
  public void close() {
    // The stream belongs to the caller.
  }
}
