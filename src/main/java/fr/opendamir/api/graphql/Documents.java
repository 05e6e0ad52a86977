package fr.opendamir.api.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import graphql.GraphQLError;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** From the text of a document to one that is within bounds and valid; known ones are kept. */
@ApplicationScoped
class Documents {
  /** Characters of all documents that are kept; a document takes some thirty times its text. */
  private static final long MOST_CHARACTERS = 300_000;

  private final GraphqlConfig config;
  private final GraphQLSchema schema;
  private final ParserOptions options;
  private final Cache<String, Document> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String text, Document document) -> text.length())
          .executor(Runnable::run)
          .build();

  Documents(GraphqlConfig config, GraphQLSchema schema) {
    this.config = config;
    this.schema = schema;
    this.options =
        ParserOptions.newParserOptions()
            .captureIgnoredChars(false)
            .captureLineComments(false)
            .maxTokens(config.maxTokens())
            .maxCharacters(config.maxBodyBytes())
            .maxWhitespaceTokens(config.maxBodyBytes())
            .build();
  }

  /**
   * Understands the document of a request.
   *
   * @param isRead whether it comes by a method that changes nothing
   * @throws RefusedRequestException when it has no GraphQL syntax, is too large, does not fit the
   *     schema, or changes something where nothing may change
   */
  Document understand(String text, GraphqlRequest request, boolean isRead) {
    Document kept = known.getIfPresent(text);
    if (kept != null) {
      return kept;
    }
    Document document = parse(text);
    if (isRead && Operation.changesSomething(document, request)) {
      throw new RefusedRequestException(
          ProblemType.METHOD_NOT_ALLOWED,
          "method_not_allowed",
          new Label("GET ne sert qu'à lire", "GET is for reading only"));
    }
    DocumentBounds.require(document, config);
    List<ValidationError> errors =
        new Validator().validateDocument(schema, document, Locale.ENGLISH);
    if (!errors.isEmpty()) {
      throw RefusedRequestException.invalid(
          "invalid_document", errors, FieldSuggestions.of(document, schema));
    }
    known.put(text, document);
    return document;
  }

  private Document parse(String text) {
    try {
      return Parser.parse(
          ParserEnvironment.newParserEnvironment()
              .document(text)
              .parserOptions(options)
              .locale(Locale.ENGLISH)
              .build());
    } catch (ParseCancelledException e) {
      throw new RefusedRequestException(
          ProblemType.DOCUMENT_TOO_COMPLEX,
          "too_many_tokens",
          new Label(
              "le document a plus de %d éléments lexicaux".formatted(config.maxTokens()),
              "the document has more than %d tokens".formatted(config.maxTokens())));
    } catch (InvalidSyntaxException e) {
      GraphQLError error = e.toInvalidSyntaxError();
      throw RefusedRequestException.invalid(
          "invalid_syntax", List.of(error), FieldSuggestions.NONE);
    }
  }
}
