package fr.opendamir.ingest;

import fr.opendamir.ingest.port.PublishedImport;
import java.nio.file.Path;

/**
 * A published month that a file changes.
 *
 * @param atoms the atoms of the file from which it was last imported
 */
record RevisedMonth(PublishedImport published, Path atoms) {}
