/**
 * Operation of the service: the embedded database, configuration, start-up checks. It may look at
 * anything and changes nothing that is published.
 */
package fr.opendamir.ops;
