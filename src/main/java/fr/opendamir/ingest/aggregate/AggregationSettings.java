package fr.opendamir.ingest.aggregate;

import java.nio.file.Path;

/**
 * Resource limits of the analytical database.
 *
 * @param folder an existing, empty folder used only by this run, for spilled data and the files
 *     that are loaded
 * @param memoryBytes memory that DuckDB may use before it spills
 * @param threads worker threads
 */
public record AggregationSettings(Path folder, long memoryBytes, int threads) {}
