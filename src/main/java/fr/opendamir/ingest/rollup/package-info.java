/**
 * The choice of the rollups of a month: the size of every grouping is estimated from a sample of
 * its blocks, then rollups are chosen greedily under a storage budget. Plain Java, without any
 * database.
 */
package fr.opendamir.ingest.rollup;
