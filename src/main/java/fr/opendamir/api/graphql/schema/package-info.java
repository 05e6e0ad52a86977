/**
 * The types of the GraphQL schema, from which SmallRye makes it: what can be selected, filtered on
 * and ordered by, each with its description. No work is done here.
 */
package fr.opendamir.api.graphql.schema;
