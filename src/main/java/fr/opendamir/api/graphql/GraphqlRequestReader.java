package fr.opendamir.api.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.api.http.JsonBody;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads GraphQL over HTTP requests from addresses and bodies. */
final class GraphqlRequestReader {
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private GraphqlRequestReader() {}

  /**
   * Reads a GET request.
   *
   * @throws RefusedRequestException if the parameters are malformed
   */
  static GraphqlRequest ofAddress(MultiMap parameters) {
    return request(
        Optional.ofNullable(parameters.get("query")),
        Optional.ofNullable(parameters.get("documentId")),
        PersistedQuery.of(object("extensions", parameters.get("extensions"))),
        Optional.ofNullable(parameters.get("operationName")),
        object("variables", parameters.get("variables")));
  }

  /**
   * Reads a POST request.
   *
   * @throws RefusedRequestException if the body is malformed
   */
  static GraphqlRequest ofBody(String body) {
    JsonNode sent = read(body);
    if (sent.isArray()) {
      throw refused(
          "batching_not_supported",
          "une seule opération par requête ; plusieurs champs racine sont possibles",
          "one operation a request; it may have several root fields");
    }
    if (!sent.isObject()) {
      throw refused(
          "malformed_json",
          "le corps doit être un objet JSON avec un membre query",
          "the body must be a JSON object with a member query");
    }
    return request(
        text(sent, "query"),
        text(sent, "documentId"),
        PersistedQuery.of(object("extensions", sent.get("extensions"))),
        text(sent, "operationName"),
        object("variables", sent.get("variables")));
  }

  private static GraphqlRequest request(
      Optional<String> query,
      Optional<String> documentId,
      Optional<PersistedQuery> persisted,
      Optional<String> operationName,
      Map<String, Object> variables) {
    boolean hasText = query.isPresent() || persisted.isPresent();
    if (hasText == documentId.isPresent()) {
      throw refused(
          "document_missing",
          "il faut query, documentId ou extensions.persistedQuery ; seuls query et"
              + " extensions.persistedQuery vont ensemble",
          "there must be query, documentId or extensions.persistedQuery; only query and"
              + " extensions.persistedQuery go together");
    }
    if (query.isPresent() && persisted.isPresent()) {
      persisted.get().requireHashOf(query.get());
    }
    return new GraphqlRequest(
        query, documentId, persisted, operationName.filter(name -> !name.isEmpty()), variables);
  }

  private static Optional<String> text(JsonNode sent, String name) {
    JsonNode value = sent.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw refused("malformed_value", name + " doit être un texte", name + " must be a string");
    }
    return Optional.of(value.asText());
  }

  private static Map<String, Object> object(String name, String json) {
    return json == null || json.isBlank() ? Map.of() : object(name, read(json));
  }

  private static Map<String, Object> object(String name, JsonNode value) {
    if (value == null || value.isNull()) {
      return Map.of();
    }
    if (!value.isObject()) {
      throw refused(
          "malformed_value", name + " doit être un objet JSON", name + " must be a JSON object");
    }
    return JsonBody.STRICT.convertValue(value, OBJECT);
  }

  private static JsonNode read(String json) {
    try {
      return JsonBody.STRICT.readTree(json);
    } catch (StreamConstraintsException | NumberFormatException e) {
      // These exceptions carry no location.
      throw refused(
          "malformed_json",
          "le JSON est trop imbriqué, ou l'un de ses nombres a trop de chiffres",
          "the JSON is nested too deeply, or one of its numbers has too many digits");
    } catch (JsonProcessingException e) {
      throw refused(
          "malformed_json",
          "le JSON n'est pas valable (ligne %d, colonne %d)"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          "the JSON is not valid (line %d, column %d)"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  private static RefusedRequestException refused(String code, String french, String english) {
    return new RefusedRequestException(
        ProblemType.REQUEST_REFUSED, code, new Label(french, english));
  }
}
