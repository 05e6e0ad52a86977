package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The two releases that examples of the contract speak of, and those of a test service that stand
 * in for them: their names and times say when the test ran.
 */
final class ExampleReleases {
  private final Map<String, String> servedByDocumented = new LinkedHashMap<>();

  private ExampleReleases() {}

  /** Asks the service, which serves a month and its revision. */
  static ExampleReleases ask() {
    JsonPath served = given().get("/v1/releases").jsonPath();
    ExampleReleases releases = new ExampleReleases();
    releases.put("2025-12-01.1", served.getString("data[0].id"));
    releases.put("2025-12-01T09:00:00Z", served.getString("data[0].published_at"));
    releases.put("2025-11-03.1", served.getString("data[1].id"));
    releases.put("2025-11-03T09:00:00Z", served.getString("data[1].published_at"));
    return releases;
  }

  private void put(String documented, String served) {
    servedByDocumented.put(documented, served);
  }

  /** What to ask the service where the contract speaks of its releases. */
  String served(String text) {
    String result = text;
    for (Map.Entry<String, String> one : servedByDocumented.entrySet()) {
      result = result.replace(one.getKey(), one.getValue());
    }
    return result;
  }

  /** What the service says, of the releases of the contract. */
  String documented(String text) {
    String result = text;
    for (Map.Entry<String, String> one : servedByDocumented.entrySet()) {
      result = result.replace(one.getValue(), one.getKey());
    }
    return result;
  }
}
