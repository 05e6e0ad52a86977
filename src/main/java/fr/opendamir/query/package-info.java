/**
 * The query engine: checks questions, plans which rollups or blocks to read, computes the price,
 * renders SQL and returns the answer. REST and GraphQL both build a {@code Question} and receive an
 * {@code AggregateResult}. Releases and figures come through ports implemented in {@code store}.
 */
package fr.opendamir.query;
