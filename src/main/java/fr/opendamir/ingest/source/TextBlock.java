package fr.opendamir.ingest.source;

import java.util.Optional;

/**
 * A part of the text of a file: whole lines, unless it is the last part or a line is too long; and
 * where their fields end.
 */
final class TextBlock {
  /** More than a hundred times as long as any line that was seen. */
  static final int LONGEST_LINE = 1 << 18;

  final byte[] text = new byte[LONGEST_LINE + 8];
  final FieldStops found = new FieldStops(LONGEST_LINE);
  int length;

  /** Bytes of the file on disk that were read so far. */
  long bytesRead;

  boolean isLast;

  /** Why the text ends here, behind the lines of this block. */
  Optional<Throwable> failure = Optional.empty();

  boolean isFull() {
    return length == LONGEST_LINE;
  }
}
