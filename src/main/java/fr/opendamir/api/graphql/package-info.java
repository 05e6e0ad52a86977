/**
 * The GraphQL endpoint at {@code /graphql}: requests by GraphQL over HTTP, documents with their
 * bounds, from selections to questions, and answers written straight from rows. Nothing else calls
 * it.
 *
 * <p>Types are in {@code types.graphql}, or follow from the catalog ({@code CatalogTypes}); their
 * fields are read from objects of the domain by {@code *Queries} and {@code *Types}. A new
 * dimension or measure needs no change here.
 */
package fr.opendamir.api.graphql;
