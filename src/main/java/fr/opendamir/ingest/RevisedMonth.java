package fr.opendamir.ingest;

import fr.opendamir.ingest.aggregate.ArchivedFiles;
import fr.opendamir.ingest.port.PublishedImport;

/**
 * A published month that a new file revises.
 *
 * @param files its archived atoms and blocks
 */
record RevisedMonth(PublishedImport published, ArchivedFiles files) {}
