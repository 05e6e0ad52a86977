package fr.opendamir.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Language;
import fr.opendamir.format.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Example requests of the OpenAPI document, by operation and name, and their answers. The
 * parameters (or body) of a request and its answers in every format have the same name.
 *
 * <p>The answers are files in the folder of {@code requests.json}. They are actual answers of the
 * service for the small months that the contract tests serve, so examples cannot be wrong.
 */
final class ContractExamples {
  private static final String FOLDER = "contract/";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, Map<String, Map<String, Object>>> requests;

  ContractExamples() {
    requests = json(read("requests.json").orElseThrow(), new TypeReference<>() {});
  }

  /** Adds the example requests and answers to an operation. */
  void addTo(Operation operation) {
    String id = operation.getOperationId();
    requests
        .getOrDefault(id, Map.of())
        .forEach(
            (name, values) -> {
              addRequest(operation, name, values);
              operation
                  .getResponses()
                  .getAPIResponse("200")
                  .getContent()
                  .getMediaTypes()
                  .forEach(
                      (type, media) ->
                          answer(id + "." + name + extension(type.split(";", 2)[0]))
                              .ifPresent(answer -> media.addExample(name, example(answer))));
            });
  }

  private static void addRequest(Operation operation, String name, Map<String, Object> values) {
    if (operation.getRequestBody() != null) {
      operation
          .getRequestBody()
          .getContent()
          .getMediaType("application/json")
          .addExample(name, example(values));
      return;
    }
    for (Parameter parameter : Optional.ofNullable(operation.getParameters()).orElse(List.of())) {
      if (values.containsKey(parameter.getName())) {
        parameter.setExample(null); // OpenAPI allows either example or examples
        parameter.addExample(name, example(values.get(parameter.getName())));
      }
    }
  }

  private static Example example(Object value) {
    return OASFactory.createExample().value(value);
  }

  private static Optional<Object> answer(String file) {
    Optional<String> text = read(file);
    return file.endsWith(".json") ? text.map(ContractExamples::json) : text.map(t -> t);
  }

  /** The file extension of an example answer. */
  static String extension(String mediaType) {
    if (mediaType.equals("text/markdown")) {
      return ".md";
    }
    if (mediaType.endsWith("+xml")) {
      return ".xml";
    }
    return Formats.ALL.stream()
        .filter(format -> format.mediaType().split(";", 2)[0].equals(mediaType))
        .map(format -> "." + format.fileExtension())
        .findFirst()
        .orElse(".json");
  }

  /** An example problem body, from the documentation of its type. */
  static Map<String, Object> problem(ProblemType type) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", type.uri());
    problem.put("title", type.title().in(Language.EN));
    problem.put("status", type.status());
    problem.put("detail", type.description().in(Language.EN));
    problem.put("instance", "/v1/aggregates");
    problem.put("request_id", "0b7f4b9e-6a55-4c58-9c2b-2f3c1a7c9d10");
    return problem;
  }

  private static Optional<String> read(String name) {
    try (InputStream in = ContractExamples.class.getResourceAsStream(FOLDER + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  private static Object json(String text) {
    return json(text, new TypeReference<Object>() {});
  }

  private static <T> T json(String text, TypeReference<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an example of the contract is no JSON", e);
    }
  }
}
