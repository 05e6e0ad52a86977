/**
 * Gets monthly files from the producer's pages, or a file from any address, onto the disk: links,
 * expired links, interrupted downloads, checks of what arrived. It reads no line of a file, and a
 * file has its final name only once it is whole.
 */
package fr.opendamir.ingest.fetch;
