package fr.opendamir.api.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the service under test, and sends no header that a test does not name. */
final class GraphqlClient {
  static final String GRAPHQL = "application/graphql-response+json";
  static final String JSON = "application/json";

  /** Decimals digit by digit. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private GraphqlClient() {}

  /** What the service answered. */
  static final class Answer {
    private final HttpResponse<byte[]> response;

    private Answer(HttpResponse<byte[]> response) {
      this.response = response;
    }

    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return response.body();
    }

    String text() {
      return new String(body(), UTF_8);
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(body());
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    /** The JSON at a pointer, as text. */
    String at(String pointer) {
      return json().at(pointer).toString();
    }

    /** The nodes of the one field of an answer without errors. */
    String nodes() {
      assertThat(status()).as(this::text).isEqualTo(200);
      assertThat(json().has("errors")).as(this::text).isFalse();
      return json().path("data").iterator().next().path("nodes").toString();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /** The code of the first error. */
    String code() {
      return json().at("/errors/0/extensions/code").asText();
    }
  }

  /** A document by POST, in English. */
  static Answer ask(String document) {
    return ask(document, "{}");
  }

  /** A document by POST, in English. */
  static Answer ask(String document, String variables) {
    return post(body(document, variables), "Accept", GRAPHQL, "Accept-Language", "en");
  }

  /** A body by POST. */
  static Answer post(String body, String... headers) {
    return post(body.getBytes(UTF_8), headers);
  }

  /** A body by POST. */
  static Answer post(byte[] body, String... headers) {
    HttpRequest.Builder request =
        request("/graphql")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .setHeader("Content-Type", JSON);
    return send(request, headers);
  }

  /** A document by GET. */
  static Answer get(String document, String... headers) {
    return send("GET", address("query", document), headers);
  }

  /** Another method, without a body. */
  static Answer send(String method, String address, String... headers) {
    return send(request(address).method(method, HttpRequest.BodyPublishers.noBody()), headers);
  }

  /** The address of parameters: names and values by turns. */
  static String address(String... parameters) {
    StringBuilder address = new StringBuilder("/graphql");
    for (int i = 0; i < parameters.length; i += 2) {
      address
          .append(i == 0 ? '?' : '&')
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], UTF_8));
    }
    return address.toString();
  }

  /** The body of a request. */
  static String body(String document, String variables) {
    ObjectNode body = MAPPER.createObjectNode().put("query", document);
    String opened = body.toString().substring(0, body.toString().length() - 1);
    return opened + ",\"variables\":" + variables + "}";
  }

  private static HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(
            URI.create(RestAssured.baseURI + ":" + RestAssured.port + address))
        .timeout(PATIENCE);
  }

  private static Answer send(HttpRequest.Builder request, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
