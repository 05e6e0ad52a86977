package fr.opendamir.api.graphql;

import java.util.Map;
import java.util.Optional;

/**
 * A GraphQL over HTTP request as sent, with either a document or a document id.
 *
 * @param variables values as parsed from JSON; empty if there are none
 */
record GraphqlRequest(
    Optional<String> query,
    Optional<String> documentId,
    Optional<String> operationName,
    Map<String, Object> variables) {}
