/**
 * The GraphQL endpoint at {@code /graphql}: GraphQL over HTTP, documents and their limits,
 * conversion of selections to questions, and answers written directly from rows. Add a new root
 * field to a {@code *Queries} class, a new type to {@code schema}.
 */
package fr.opendamir.api.graphql;
