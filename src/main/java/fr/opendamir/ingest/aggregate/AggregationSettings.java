package fr.opendamir.ingest.aggregate;

import java.nio.file.Path;

/**
 * Bounds of the analytical database.
 *
 * @param folder an existing, empty folder of this run alone, for spilled data and the COPY file
 * @param memoryBytes what DuckDB may hold before it spills
 * @param threads worker threads
 */
public record AggregationSettings(Path folder, long memoryBytes, int threads) {}
