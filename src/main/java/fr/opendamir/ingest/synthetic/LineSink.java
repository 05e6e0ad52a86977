package fr.opendamir.ingest.synthetic;

import java.io.IOException;

/** Where the text of a file goes, in order. */
interface LineSink extends AutoCloseable {

  /** Takes the first {@code length} bytes; the array belongs to the sink from then on. */
  void write(byte[] text, int length) throws IOException;

  /** Completes the file; without it the file is no good. */
  void finish() throws IOException;

  /** Gives up what is under way; the stream below stays open. */
  @Override
  void close();
}
