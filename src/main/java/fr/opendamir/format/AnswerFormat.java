package fr.opendamir.format;

import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Row;
import java.util.List;

/** A format of answers. */
public interface AnswerFormat {
  /** The value of the parameter {@code format}. */
  String id();

  /**
   * The text after {@code format=} in URLs: the name, and the parameters that select one of several
   * forms of the format.
   */
  default String selector() {
    return id();
  }

  /** The {@code Content-Type} of an answer. */
  String mediaType();

  /** Other media types that select this format, if {@code Accept} names them in full. */
  default List<String> otherMediaTypes() {
    return List.of();
  }

  /** The file extension, without the dot. */
  default String fileExtension() {
    return id();
  }

  /** The description of a body, in English, for the OpenAPI document. */
  String description();

  /** Whether an answer can be written in batches of rows: see {@link #encoder}. */
  default boolean isStreamable() {
    return false;
  }

  /** Whether an answer is a file: files have all rows unless a limit is requested. */
  default boolean isFile() {
    return isStreamable();
  }

  /** Whether only answers to questions are written in it, and no reference tables. */
  default boolean isOfAnswersOnly() {
    return false;
  }

  /** Whether codes have no labels unless a request asks for them. */
  default boolean hasLabelsOnRequestOnly() {
    return false;
  }

  /** Whether a content coding makes answers smaller; not for formats that are compressed. */
  default boolean isCompressible() {
    return true;
  }

  /** Whether {@link #write} uses the disk: it is then called on a thread that may block. */
  default boolean mayBlock() {
    return false;
  }

  /** Whether the same answer always has the same bytes. */
  default boolean isReproducible() {
    return true;
  }

  /**
   * Writes an answer.
   *
   * @throws TooManyCellsException if the answer is too large for the format
   */
  default byte[] write(AnswerTable table, List<Row> rows) {
    try (RowEncoder encoder = encoder(table)) {
      return encoder.all(rows);
    }
  }

  /** Creates an encoder that writes an answer in batches of rows. For streamable formats only. */
  default RowEncoder encoder(AnswerTable table) {
    throw new UnsupportedOperationException(id() + " is not streamable");
  }
}
