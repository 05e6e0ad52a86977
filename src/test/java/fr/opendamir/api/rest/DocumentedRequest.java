package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An example request of the contract.
 *
 * @param values of parameters, by their place (path, query, header), a blank, and their name
 * @param body missing where there is none
 */
record DocumentedRequest(String method, String path, Map<String, String> values, JsonNode body) {

  DocumentedRequest with(JsonNode parameter, String value) {
    return with(parameter.path("in").asText(), parameter.path("name").asText(), value);
  }

  DocumentedRequest with(String in, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(in + " " + name, value);
    return new DocumentedRequest(method, path, more, body);
  }

  /**
   * Sends it.
   *
   * @param served what to ask instead of what the contract says, for names of releases
   */
  Response send(String accept, UnaryOperator<String> served) {
    RequestSpecification request = given().accept(accept);
    values.forEach(
        (key, value) -> {
          String name = key.substring(key.indexOf(' ') + 1);
          String text = served.apply(value);
          switch (key.substring(0, key.indexOf(' '))) {
            case "path" -> request.pathParam(name, text);
            case "query" -> request.queryParam(name, text);
            case "header" -> request.header(name, text);
            default -> throw new IllegalArgumentException(key);
          }
        });
    if (!body.isMissingNode()) {
      request.contentType("application/json").body(served.apply(body.toString()));
    }
    return request.request(method.toUpperCase(Locale.ROOT), path);
  }
}
