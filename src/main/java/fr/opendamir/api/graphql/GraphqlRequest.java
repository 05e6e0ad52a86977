package fr.opendamir.api.graphql;

import java.util.Map;
import java.util.Optional;

/**
 * A GraphQL over HTTP request as sent, with a document, a document id, or the hash of a document
 * alone.
 *
 * @param persisted hash of the document; that of {@code query} if both are present
 * @param variables values as parsed from JSON; empty if there are none
 */
record GraphqlRequest(
    Optional<String> query,
    Optional<String> documentId,
    Optional<PersistedQuery> persisted,
    Optional<String> operationName,
    Map<String, Object> variables) {}
