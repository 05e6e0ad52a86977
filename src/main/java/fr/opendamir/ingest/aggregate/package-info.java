/**
 * From a monthly file to safe blocks, inside an analytical database (DuckDB) that lives in this
 * process and in one temporary folder: the lines of a file are summed into atoms, protected, and
 * written as segments and rollups. Nothing here knows the serving database; only blocks leave this
 * package, apart from the archive of atoms.
 */
package fr.opendamir.ingest.aggregate;
