package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;

/**
 * What all statements of an engine are rendered with.
 *
 * @param threshold contributors below which the display rule suppresses a cell
 */
record Rendering(SourceTables tables, Catalog catalog, int threshold) {}
