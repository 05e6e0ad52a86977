package fr.opendamir.api.graphql;

import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import graphql.GraphQLError;
import java.util.List;

/** A request that is refused before anything of it is executed. */
final class RefusedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final String code;
  private final transient Label detail;
  private final transient List<GraphQLError> errors;
  private final transient FieldSuggestions suggestions;

  private RefusedRequestException(
      ProblemType type,
      String code,
      Label detail,
      List<GraphQLError> errors,
      FieldSuggestions suggestions) {
    super(code);
    this.type = type;
    this.code = code;
    this.detail = detail;
    this.errors = List.copyOf(errors);
    this.suggestions = suggestions;
  }

  /** A request that is refused for one reason. */
  RefusedRequestException(ProblemType type, String code, Label detail) {
    this(type, code, detail, List.of(), FieldSuggestions.NONE);
  }

  /** A document that GraphQL itself refuses, maybe for several reasons. */
  static RefusedRequestException invalid(
      String code, List<? extends GraphQLError> errors, FieldSuggestions suggestions) {
    String message = errors.get(0).getMessage();
    return new RefusedRequestException(
        ProblemType.INVALID_DOCUMENT,
        code,
        new Label(message, message), // the library speaks English only
        List.copyOf(errors),
        suggestions);
  }

  ProblemType type() {
    return type;
  }

  /** Stable, for programs. */
  String code() {
    return code;
  }

  Label detail() {
    return detail;
  }

  /** What GraphQL itself says; empty where the reason is another. */
  List<GraphQLError> errors() {
    return errors;
  }

  FieldSuggestions suggestions() {
    return suggestions;
  }
}
