/**
 * Writes a table as a Parquet file, with DuckDB in this process. A room of its own, because no
 * other format needs SQL or the disk. Only {@code format} uses it.
 */
package fr.opendamir.format.parquet;
