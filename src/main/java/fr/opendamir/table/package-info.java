/**
 * An answer as a table: typed columns, rows and metadata. Plain data, with all texts in the
 * language of the answer, so that {@code format} depends on no other package. The REST and GraphQL
 * packages create tables; {@code format} writes them.
 */
package fr.opendamir.table;
