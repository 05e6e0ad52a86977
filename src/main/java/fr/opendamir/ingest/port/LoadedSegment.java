package fr.opendamir.ingest.port;

import java.nio.file.Path;

/**
 * The segment of an import, to be stored in the database.
 *
 * @param file Parquet, with the columns of {@link LoadColumns#segment}
 * @param sums what the blocks in it add up to, one a row
 */
public record LoadedSegment(Path file, BlockSums sums) {}
