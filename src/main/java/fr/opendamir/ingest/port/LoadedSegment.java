package fr.opendamir.ingest.port;

import java.nio.file.Path;

/**
 * The segment of an import, to be stored in the database.
 *
 * @param file Parquet, with the columns of {@link LoadColumns#segment}
 * @param rows number of rows, one a block
 */
public record LoadedSegment(Path file, long rows) {}
