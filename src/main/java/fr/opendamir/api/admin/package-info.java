/**
 * The administration of keys on the management port, which is not the public one. Nobody calls it
 * but HTTP.
 */
package fr.opendamir.api.admin;
