/**
 * An answer as a table: typed columns, rows, and what belongs to the answer as a whole. Plain data
 * with all texts in the language of the answer, so that a format needs no other room. Doors make
 * tables; {@code format} writes them.
 */
package fr.opendamir.table;
