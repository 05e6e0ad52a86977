package fr.opendamir.api.graphql;

import java.util.Map;
import java.util.Optional;

/**
 * A request of GraphQL over HTTP, as it was sent; it has a document or the id of one.
 *
 * @param variables values as JSON has them; empty where there are none
 */
record GraphqlRequest(
    Optional<String> query,
    Optional<String> documentId,
    Optional<String> operationName,
    Map<String, Object> variables) {}
