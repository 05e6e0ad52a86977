package fr.opendamir.ingest.port;

import fr.opendamir.catalog.Grouping;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A segment of an import, to be stored in the database.
 *
 * @param grouping the levels of a rollup; absent for blocks
 * @param file Parquet, with those columns of {@link LoadColumns#segment} that the rows have
 * @param sums what its rows add up to
 */
public record LoadedSegment(Optional<Grouping> grouping, Path file, BlockSums sums) {}
