/**
 * Keys and usage in the database, as a role that sees nothing else: through the datasource {@code
 * access} in the service, through {@link fr.opendamir.store.access.AccessDatabase} in commands.
 * Implements the ports of access.
 */
package fr.opendamir.store.access;
