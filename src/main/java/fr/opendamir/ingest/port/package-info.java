/**
 * The part of the import that the database may see: the ports that {@code store} implements, and
 * the months, rollups and files passed through them. Plain types and interfaces, and {@link
 * fr.opendamir.ingest.port.Awaited}, which the import and its commands share. Used by the import
 * itself, its commands and {@code store}.
 */
package fr.opendamir.ingest.port;
