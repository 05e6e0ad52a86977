package fr.opendamir.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A request that a script sends.
 *
 * @param name to tell it from others
 * @param path with the parameters
 * @param body written as JSON; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProxiedRequest(
    String name, String method, String path, Map<String, String> headers, Object body) {
  static ProxiedRequest get(String name, String path) {
    return new ProxiedRequest(name, "GET", path, Map.of(), null);
  }

  static ProxiedRequest post(String name, Map<String, ?> body) {
    return new ProxiedRequest(name, "POST", "/v1/aggregates/query", Map.of(), body);
  }

  /**
   * A request of the contract.
   *
   * @param served what to ask instead of what the contract says, for names of releases
   */
  static ProxiedRequest of(
      String name,
      DocumentedRequest request,
      Map<String, String> headers,
      UnaryOperator<String> served) {
    String path = request.path();
    Map<String, String> query = new LinkedHashMap<>();
    Map<String, String> sent = new LinkedHashMap<>(headers);
    for (Map.Entry<String, String> one : request.values().entrySet()) {
      String parameter = one.getKey().substring(one.getKey().indexOf(' ') + 1);
      String value = served.apply(one.getValue());
      switch (one.getKey().substring(0, one.getKey().indexOf(' '))) {
        case "path" -> path = path.replace("{" + parameter + "}", value);
        case "query" -> query.put(parameter, value);
        default -> sent.put(parameter, value);
      }
    }
    return new ProxiedRequest(
        name,
        request.method().toUpperCase(Locale.ROOT),
        query.isEmpty() ? path : path + "?" + query(query),
        sent,
        request.body().isMissingNode() ? null : request.body());
  }

  /** Parameters as an address has them: lists with commas. */
  static String query(Map<String, ?> parameters) {
    return parameters.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(text(one.getValue()), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }
}
