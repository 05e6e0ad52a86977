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
 * From the text of a document to one that is within bounds and valid. Known texts are not parsed
 * again; texts that only spell a known document in another way are not validated again.
 */
@ApplicationScoped
class Documents {
  /** Characters of all documents that are kept; a document takes some thirty times its text. */
  private static final long MOST_CHARACTERS = 300_000;

  /** Documents that are known to be valid, by their canonical text. */
  private static final long MOST_VALID_CHARACTERS = 2_000_000;

  /** After which a document is not looked at any further. */
  private static final int MOST_COLLECTED_ERRORS = 50;

  /**
   * A valid document.
   *
   * @param canonical the same text however it is spelled, and whatever its one operation is called
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
    Validator.setMaxValidationErrors(MOST_COLLECTED_ERRORS); // of the library as a whole
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
   * Understands the document of a request.
   *
   * @param isRead whether it comes by a method that changes nothing
   * @throws RefusedRequestException when it has no GraphQL syntax, is too large, does not fit the
   *     schema, or changes something where nothing may change
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

  /** Names of operations choose among several; a single one means the same by any name. */
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
