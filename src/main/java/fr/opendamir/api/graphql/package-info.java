/**
 * The GraphQL door at {@code /graphql}: requests by GraphQL over HTTP, documents with their bounds,
 * from selections to questions, and answers written straight from rows. A new root field joins a
 * {@code *Queries} class, a new type joins {@code schema}.
 */
package fr.opendamir.api.graphql;
