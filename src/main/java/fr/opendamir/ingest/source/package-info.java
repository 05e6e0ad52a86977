/**
 * The format of a monthly Open DAMIR file: its columns, the three layouts used since 2015, and how
 * a file on disk is recognised, read, and checked line by line. Used by the import and by the
 * generator of synthetic months; independent of any database.
 */
package fr.opendamir.ingest.source;
