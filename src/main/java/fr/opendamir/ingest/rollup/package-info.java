/**
 * Which rollups a month gets: the size of every grouping estimated from a sample of its blocks, and
 * the greedy choice under a storage budget. Plain Java, without any database.
 */
package fr.opendamir.ingest.rollup;
