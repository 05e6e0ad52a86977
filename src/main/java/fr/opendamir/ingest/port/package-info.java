/**
 * Everything the database may see of the import: the ports that {@code store} implements, and the
 * months, rollups and files that pass through them. Plain types and interfaces; called by the
 * import itself, its commands and {@code store}.
 */
package fr.opendamir.ingest.port;
