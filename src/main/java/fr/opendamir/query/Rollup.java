package fr.opendamir.query;

import fr.opendamir.catalog.Grouping;

/**
 * A stored sum of blocks.
 *
 * @param id what its rows are stored under
 */
public record Rollup(int id, Grouping grouping) {}
