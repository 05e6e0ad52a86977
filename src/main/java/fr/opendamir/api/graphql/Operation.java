package fr.opendamir.api.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import fr.opendamir.question.QuestionError;
import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.NullValue;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operation of a request, in a valid document.
 *
 * @param canonical everything the answer depends on except release, language and media type, in a
 *     form that does not depend on spelling
 */
record Operation(
    Document document,
    OperationDefinition definition,
    Optional<String> name,
    Map<String, Object> variables,
    String canonical) {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /**
   * Finds the operation of a request.
   *
   * @throws RefusedRequestException if no operation has the requested name, or no name is given and
   *     the document does not have exactly one operation
   */
  static Operation of(Documents.Valid valid, GraphqlRequest request) {
    Document document = valid.document();
    OperationDefinition definition =
        find(document, request).orElseThrow(() -> noOperation(request));
    boolean isChosen = document.getDefinitionsOfType(OperationDefinition.class).size() > 1;
    return new Operation(
        document,
        definition,
        request.operationName(),
        request.variables(),
        String.join(
            "\n",
            valid.canonical(),
            isChosen ? definition.getName() : "",
            text(declared(definition, request.variables()))));
  }

  /** The variables that the operation declares; others have no effect. */
  private static Map<String, Object> declared(
      OperationDefinition definition, Map<String, Object> variables) {
    Map<String, Object> declared = new LinkedHashMap<>();
    for (VariableDefinition variable : definition.getVariableDefinitions()) {
      if (variables.containsKey(variable.getName())) {
        declared.put(variable.getName(), variables.get(variable.getName()));
      }
    }
    return declared;
  }

  /** Whether the requested operation exists and is not a query. The document need not be valid. */
  static boolean changesSomething(Document document, GraphqlRequest request) {
    return find(document, request)
        .filter(found -> found.getOperation() != OperationDefinition.Operation.QUERY)
        .isPresent();
  }

  private static Optional<OperationDefinition> find(Document document, GraphqlRequest request) {
    List<OperationDefinition> all = document.getDefinitionsOfType(OperationDefinition.class);
    return request.operationName().isPresent()
        ? all.stream()
            .filter(one -> request.operationName().get().equals(one.getName()))
            .findFirst()
        : all.stream().filter(one -> all.size() == 1).findFirst();
  }

  /**
   * Whether every root field names its release or has a cursor, so that the answer never changes.
   */
  boolean isPinned() {
    return definition.getSelectionSet().getSelectionsOfType(Field.class).stream()
            .filter(field -> field.getName().equals("spending"))
            .filter(field -> field.getArguments().stream().anyMatch(this::pins))
            .count()
        == definition.getSelectionSet().getSelections().size();
  }

  /**
   * Whether the answer is specific to the caller and must not be cached: true if a field {@code
   * limits} occurs anywhere in the document.
   */
  boolean isPersonal() {
    return document.getDefinitions().stream().anyMatch(Operation::hasLimits);
  }

  private static boolean hasLimits(Node<?> node) {
    return (node instanceof Field field && field.getName().equals("limits"))
        || node.getChildren().stream().anyMatch(Operation::hasLimits);
  }

  private boolean pins(Argument argument) {
    if (!argument.getName().equals("release") && !argument.getName().equals("after")) {
      return false;
    }
    return argument.getValue() instanceof VariableReference variable
        ? variables.get(variable.getName()) != null
        : !(argument.getValue() instanceof NullValue);
  }

  private static String text(Map<String, Object> variables) {
    try {
      return SORTED.writeValueAsString(variables);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was JSON can be written as JSON", e);
    }
  }

  private static RefusedRequestException noOperation(GraphqlRequest request) {
    return new RefusedRequestException(
        ProblemType.INVALID_DOCUMENT,
        "unknown_operation",
        request
            .operationName()
            .map(QuestionError::shown)
            .map(
                name ->
                    new Label(
                        "le document n'a pas d'opération %s".formatted(name),
                        "the document has no operation %s".formatted(name)))
            .orElseGet(
                () ->
                    new Label(
                        "le document a plusieurs opérations, ou aucune ; operationName dit laquelle"
                            + " exécuter",
                        "the document has several operations, or none; operationName says which one"
                            + " to execute")));
  }
}
