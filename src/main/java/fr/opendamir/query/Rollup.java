package fr.opendamir.query;

import fr.opendamir.catalog.Grouping;

/**
 * A stored aggregation of blocks.
 *
 * @param id the value of {@code rollup_id} in its stored rows
 */
public record Rollup(int id, Grouping grouping) {}
