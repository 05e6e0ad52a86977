package fr.opendamir.format;

import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Row;
import java.util.List;

/** A format of answers. */
public interface AnswerFormat {
  /** The value of the parameter {@code format}. */
  String id();

  /** The {@code Content-Type} of an answer. */
  String mediaType();

  /** Other types that are answered in this format, where {@code Accept} names them in full. */
  default List<String> otherMediaTypes() {
    return List.of();
  }

  /** How the name of a file in this format ends, without the dot. */
  default String fileExtension() {
    return id();
  }

  /** What a body is, in English, for the contract. */
  String description();

  /** Whether an answer can be written while it is computed: see {@link #encoder}. */
  default boolean isStreamable() {
    return false;
  }

  /** Whether an answer is a file, which has every row unless a limit is asked for. */
  default boolean isFile() {
    return isStreamable();
  }

  /**
   * Writes an answer.
   *
   * @throws TooManyCellsException where the format cannot hold it
   */
  byte[] write(AnswerTable table, List<Row> rows);

  /** Writes an answer some rows at a time; for formats that are streamable. */
  default RowEncoder encoder(AnswerTable table) {
    throw new UnsupportedOperationException(id() + " is not streamable");
  }
}
