/**
 * Answers from columns: segments of blocks (Parquet files) that the service fetches, checks and
 * keeps on its disk, and the engine that scans them, DuckDB in this process or another one through
 * JDBC. Implements the ports {@code ColumnSource} and {@code SegmentShelf} of {@code query}; only
 * {@code ops} knows its classes.
 */
package fr.opendamir.columns;
