/**
 * The serving database, the only room with PostgreSQL clients and entities: migrations and roles,
 * control tables, loading and publication of segments and rollups, and reading of both through a
 * read-only role. Implements the ports of the import, of {@code query} and of access.
 */
package fr.opendamir.store;
