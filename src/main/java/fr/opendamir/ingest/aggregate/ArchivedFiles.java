package fr.opendamir.ingest.aggregate;

import java.nio.file.Path;

/**
 * The archived files of a published month, with which a later file of the month is compared.
 *
 * @param atoms the atoms of its newest file
 * @param blocks the contents of all its published blocks
 */
public record ArchivedFiles(Path atoms, Path blocks) {}
