/**
 * What lets machines find the service and its data without a person: rules for crawlers, a map of
 * pages, a guide for language models, the list of interfaces, the feed of releases and the
 * catalogue for data portals. Documents are made from the catalog and the releases that are served;
 * they hold addresses and descriptions, never figures.
 */
package fr.opendamir.api.discovery;
