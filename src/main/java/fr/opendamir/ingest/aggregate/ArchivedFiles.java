package fr.opendamir.ingest.aggregate;

import java.nio.file.Path;

/**
 * What the importer keeps of a published month, to compare a later file of the month with it.
 *
 * @param atoms the atoms of its newest file
 * @param blocks the contents of all its published blocks
 */
public record ArchivedFiles(Path atoms, Path blocks) {}
