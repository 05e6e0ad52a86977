package fr.opendamir.api.rest;

import fr.opendamir.api.http.ProblemMappers;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes the OpenAPI document, when the service is built, with parts that {@code
 * META-INF/openapi.yaml} and the annotations would have to repeat for each operation, and with the
 * parts that {@link QuestionContract} derives from the catalog.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ServiceContract implements OASFilter {
  /**
   * Error responses of every operation, by status. Sorted, because the document is compared as
   * text. Other error responses are in the static file.
   */
  private static final Map<String, String> SHARED_REFUSALS =
      new TreeMap<>(
          Map.of(
              "400", "Malformed",
              "401", "KeyRefused",
              "406", "NotAcceptable",
              "429", "TooMany"));

  private static final List<String> SHARED_HEADERS =
      List.of(
          "X-Request-Id",
          "RateLimit-Policy",
          "RateLimit",
          "X-RateLimit-Limit",
          "X-RateLimit-Remaining",
          "X-RateLimit-Reset");

  @Override
  public void filterOpenAPI(OpenAPI contract) {
    Map<String, Schema> schemas = contract.getComponents().getSchemas();
    schemas.values().forEach(ServiceContract::requireAll);
    new QuestionContract(Catalog.load()).addTo(contract);
    Map<String, APIResponse> shared = contract.getComponents().getResponses();
    ContractExamples examples = new ContractExamples();
    contract.getPaths().getPathItems().values().stream()
        .flatMap(item -> item.getOperations().values().stream())
        .forEach(
            operation -> {
              complete(operation);
              describeRefusals(operation, shared);
              examples.addTo(operation);
            });
  }

  /** Marks all members of a schema as required, unless an annotation lists the required ones. */
  private static void requireAll(Schema schema) {
    if (schema.getProperties() != null && schema.getRequired() == null) {
      schema.setRequired(List.copyOf(schema.getProperties().keySet()));
    }
  }

  private static void complete(Operation operation) {
    APIResponse answer = operation.getResponses().getAPIResponse("200");
    if (!QuestionContract.isQuestion(operation)) {
      answer.setDescription(operation.getSummary());
    }
    addHeaders(answer);
    SHARED_REFUSALS.forEach(
        (status, name) ->
            operation
                .getResponses()
                .addAPIResponse(status, OASFactory.createAPIResponse().ref(name)));
    addLanguage(operation, answer);
  }

  private static void addHeaders(APIResponse response) {
    SHARED_HEADERS.forEach(name -> response.addHeader(name, OASFactory.createHeader().ref(name)));
  }

  /** Adds texts and examples to error responses, from the problem types of their status. */
  private static void describeRefusals(Operation operation, Map<String, APIResponse> shared) {
    operation
        .getResponses()
        .getAPIResponses()
        .forEach(
            (status, response) -> {
              if (response.getRef() != null) {
                String name = response.getRef().substring(response.getRef().lastIndexOf('/') + 1);
                describe(shared.get(name), Integer.parseInt(status));
              }
            });
  }

  private static void describe(APIResponse response, int status) {
    if (status == ProblemType.URI_TOO_LONG.status()) { // rejected before the client is identified
      response.addHeader("X-Request-Id", OASFactory.createHeader().ref("X-Request-Id"));
    } else {
      addHeaders(response);
    }
    if (response.getContent() == null) {
      return;
    }
    MediaType problem = response.getContent().getMediaType(ProblemMappers.MEDIA_TYPE);
    List<String> descriptions = new ArrayList<>();
    for (ProblemType type : ProblemType.values()) {
      if (type.status() == status && !type.isNotOfRest()) {
        descriptions.add(type.description().in(Language.EN));
        problem.addExample(
            type.slug(), OASFactory.createExample().value(ContractExamples.problem(type)));
      }
    }
    response.setDescription(String.join(" Or: ", descriptions));
  }

  /**
   * Adds {@code lang}: every JSON answer with texts exists in two languages. Questions already have
   * the parameter.
   */
  private static void addLanguage(Operation operation, APIResponse answer) {
    boolean hasTexts =
        answer.getContent().hasMediaType("application/json")
            && !operation.getOperationId().equals("getLimits"); // numbers only
    boolean hasLanguage =
        operation.getParameters() != null
            && operation.getParameters().stream().anyMatch(one -> "lang".equals(one.getName()));
    if (hasTexts && !hasLanguage && !QuestionContract.isQuestion(operation)) {
      operation.addParameter(
          OASFactory.createParameter()
              .name("lang")
              .in(Parameter.In.QUERY)
              .description("fr (default) or en; else Accept-Language")
              .example("en")
              .schema(ContractSchemas.oneOf(null, List.of("fr", "en"))));
    }
  }
}
