/**
 * The format of a monthly Open DAMIR file: its columns, the layouts used since 2009, and how a file
 * on disk is recognised, read, and checked line by line. Used by the import and by the generator of
 * synthetic months; independent of any database.
 */
package fr.opendamir.ingest.source;
