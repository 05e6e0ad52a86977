package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Language;

/**
 * Everything of a request that its answer depends on, as it was sent.
 *
 * @param text the parameters of the address, or the body
 * @param type in which it is answered
 */
record SentOperation(boolean isPost, String text, MediaTypes type, Language language) {}
