package fr.opendamir.ingest;

import fr.opendamir.ingest.port.PublishedImport;
import java.nio.file.Path;

/**
 * A published month that a file changes.
 *
 * @param atoms those of the file it was last imported from
 */
record RevisedMonth(PublishedImport published, Path atoms) {}
