package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Language;

/**
 * All parts of a request that its answer depends on, as sent. Key of {@link KnownOperations}.
 *
 * @param text query string of the address, or the body
 * @param type media type of the response
 */
record SentOperation(boolean isPost, String text, MediaTypes type, Language language) {}
