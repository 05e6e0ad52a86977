/**
 * Keys and usage in the database, as a role of its own that sees nothing else: a persistence unit
 * of its own for the service, JDBC for the commands. Implements the ports of access.
 */
package fr.opendamir.store.access;
