package fr.opendamir.api.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import graphql.GraphQLError;
import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.OperationDefinition;
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

/**
 * Parses, measures and validates documents. Caches documents by their text, so that a known text is
 * not parsed again, and remembers valid canonical texts, so that a known document with a different
 * spelling is not validated again.
 */
@ApplicationScoped
class Documents {
  /**
   * Maximum characters of all cached documents; a parsed document takes about thirty times its
   * text.
   */
  private static final long MOST_CHARACTERS = 300_000;

  /** Maximum characters of all canonical texts known to be valid. */
  private static final long MOST_VALID_CHARACTERS = 2_000_000;

  /** Number of errors after which validation of a document stops. */
  private static final int MOST_COLLECTED_ERRORS = 50;

  /**
   * A valid document.
   *
   * @param canonical text that does not depend on spelling, nor on the name of a single operation
   */
  record Valid(Document document, String canonical) {}

  private final GraphqlConfig config;
  private final GraphQLSchema schema;
  private final ParserOptions options;
  private final Cache<String, Valid> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String text, Valid document) -> text.length())
          .executor(Runnable::run)
          .build();
  private final Cache<String, Boolean> valid =
      Caffeine.newBuilder()
          .maximumWeight(MOST_VALID_CHARACTERS)
          .weigher((String canonical, Boolean isValid) -> canonical.length())
          .executor(Runnable::run)
          .build();

  Documents(GraphqlConfig config, GraphQLSchema schema) {
    Validator.setMaxValidationErrors(MOST_COLLECTED_ERRORS); // applies to the whole library
    this.config = config;
    this.schema = schema;
    this.options =
        ParserOptions.newParserOptions()
            .captureIgnoredChars(false)
            .captureLineComments(false)
            .readerTrackData(false)
            .maxTokens(config.maxTokens())
            .maxCharacters(config.maxBodyBytes())
            .maxWhitespaceTokens(config.maxBodyBytes())
            .build();
  }

  /**
   * Parses and validates the document of a request.
   *
   * @param isRead whether the HTTP method allows reading only
   * @throws RefusedRequestException if the document has a syntax error, is too large, does not fit
   *     the schema, or contains a mutation where only reading is allowed
   */
  Valid understand(String text, GraphqlRequest request, boolean isRead) {
    Valid kept = known.getIfPresent(text);
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
    String canonical = canonical(document);
    if (valid.getIfPresent(canonical) == null) {
      validate(document);
      valid.put(canonical, true);
    }
    Valid understood = new Valid(document, canonical);
    known.put(text, understood);
    return understood;
  }

  private void validate(Document document) {
    List<ValidationError> errors =
        new Validator().validateDocument(schema, document, Locale.ENGLISH);
    if (!errors.isEmpty()) {
      List<ValidationError> shown = errors.stream().limit(GraphqlErrors.MOST_ERRORS).toList();
      throw RefusedRequestException.invalid(
          "invalid_document", shown, FieldSuggestions.of(shown, document, schema));
    }
  }

  /**
   * The canonical text. The name of a single operation is removed, because names only serve to
   * choose among several.
   */
  private static String canonical(Document document) {
    boolean isSingle = document.getDefinitionsOfType(OperationDefinition.class).size() == 1;
    Document.Builder nameless = Document.newDocument();
    for (Definition<?> definition : document.getDefinitions()) {
      nameless.definition(
          isSingle && definition instanceof OperationDefinition operation
              ? operation.transform(builder -> builder.name(null))
              : definition);
    }
    return AstPrinter.printAstCompact(nameless.build());
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
