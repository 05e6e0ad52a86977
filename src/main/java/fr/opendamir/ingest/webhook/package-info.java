/**
 * Tells subscribers of published releases over HTTP: addresses, signatures, attempts. Plain Java;
 * it neither publishes nor reads figures, and what it does begins when the release is published.
 */
package fr.opendamir.ingest.webhook;
