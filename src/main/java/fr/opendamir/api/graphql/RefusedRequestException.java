package fr.opendamir.api.graphql;

import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import graphql.GraphQLError;
import java.util.List;
import java.util.Optional;

/** Thrown when a request is rejected before execution. */
final class RefusedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND";

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

  /**
   * Creates the exception for a hash whose document is not known. Its code and message are those of
   * Apollo's servers, by which clients know that they are to send the text.
   */
  static RefusedRequestException persistedQueryNotFound() {
    return new RefusedRequestException(
        ProblemType.UNKNOWN_DOCUMENT,
        PERSISTED_QUERY_NOT_FOUND,
        new Label(
            "aucun document de cette empreinte n'est gardé ; renvoyer la requête avec query et"
                + " extensions.persistedQuery",
            "no document of this hash is stored; send the request again with query and"
                + " extensions.persistedQuery"));
  }

  /** Creates the exception for one reason. */
  RefusedRequestException(ProblemType type, String code, Label detail) {
    this(type, code, detail, List.of(), FieldSuggestions.NONE);
  }

  /**
   * Creates the exception for a document that the GraphQL library rejects, possibly for several
   * reasons.
   */
  static RefusedRequestException invalid(
      String code, List<? extends GraphQLError> errors, FieldSuggestions suggestions) {
    String message = errors.get(0).getMessage();
    return new RefusedRequestException(
        ProblemType.INVALID_DOCUMENT,
        code,
        new Label(message, message), // the library has English messages only
        List.copyOf(errors),
        suggestions);
  }

  ProblemType type() {
    return type;
  }

  /** Stable code for programs. */
  String code() {
    return code;
  }

  Label detail() {
    return detail;
  }

  /** The message that programs look for instead of the detail; empty if they need none. */
  Optional<String> message() {
    return code.equals(PERSISTED_QUERY_NOT_FOUND)
        ? Optional.of("PersistedQueryNotFound")
        : Optional.empty();
  }

  /**
   * Whether it is part of the dialogue of GraphQL, which older clients read with status 200 only.
   */
  boolean isOfGraphql() {
    return type == ProblemType.INVALID_DOCUMENT
        || type == ProblemType.DOCUMENT_TOO_COMPLEX
        || message().isPresent();
  }

  /** Errors from the GraphQL library; empty if the reason is another. */
  List<GraphQLError> errors() {
    return errors;
  }

  FieldSuggestions suggestions() {
    return suggestions;
  }
}
