/**
 * The serving database: the only room with PostgreSQL clients and entities. Migrations and roles,
 * control tables, loading of blocks by COPY, and the figures read through the read-only role. It
 * implements the ports of the import, of the question engine and of access, and is called through
 * them.
 */
package fr.opendamir.store;
