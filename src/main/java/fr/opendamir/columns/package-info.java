/**
 * Answers from columns: segments of blocks (Parquet files) that the service fetches, checks and
 * keeps on its disk, files that are derived from them, and the engine that scans them, DuckDB in
 * this process or another one through JDBC. Implements the ports {@code ColumnSource}, {@code
 * SegmentShelf} and {@code FileShelf} of {@code query}; only {@code ops} knows its classes.
 */
package fr.opendamir.columns;
