/**
 * What a monthly Open DAMIR file looks like: its columns, the three layouts they came in since
 * 2015, and how a file on disk is recognised. Used by the import and by the generator of synthetic
 * months; knows nothing of databases.
 */
package fr.opendamir.ingest.source;
