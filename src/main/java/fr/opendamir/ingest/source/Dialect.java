package fr.opendamir.ingest.source;

/**
 * How the values of a file are written, found in its first lines and demanded of all.
 *
 * @param quoted whether values may be in double quotes, which are not part of them
 * @param decimalMark of amounts: a point, as the producer writes them, or a comma
 */
public record Dialect(boolean quoted, char decimalMark) {
  /** As the producer writes values. */
  public static final Dialect PLAIN = new Dialect(false, '.');
}
