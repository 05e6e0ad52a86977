package fr.opendamir.query;

/**
 * The file with the figures of an import: immutable Parquet, of record in the database, of which
 * each service keeps a copy.
 *
 * @param id of its rows in the database
 * @param sha256 of the whole file, which is also its name
 * @param bytes length of the file
 * @param rows number of rows
 */
public record Segment(long id, String sha256, long bytes, long rows) {}
