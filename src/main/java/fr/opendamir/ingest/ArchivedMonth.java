package fr.opendamir.ingest;

import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.ingest.port.PublishedImport;
import java.nio.file.Path;
import java.util.Map;

/**
 * A published month that is protected again.
 *
 * @param atoms its archived atoms
 * @param totals what is published of it: cents, or acts for the quantity
 */
record ArchivedMonth(PublishedImport published, Path atoms, Map<SourceMeasure, Long> totals) {}
