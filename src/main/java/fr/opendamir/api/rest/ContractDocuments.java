package fr.opendamir.api.rest;

import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.answer.EntityTag;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.api.http.EncodedResponse;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.ProblemMappers;
import fr.opendamir.api.http.ProblemResponse;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import io.smallrye.openapi.runtime.io.Format;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * Serves the contract at {@code /openapi}, as YAML or JSON, and with {@code version=3.0} in OpenAPI
 * 3.0 for generators that do not read 3.1. Each document is written when it is first asked for,
 * from the one that the library writes: at the start that would take half a second.
 */
@ApplicationScoped
class ContractDocuments {
  static final String OLDER = "3.0";

  private static final String CURRENT = "3.1";
  private static final String PATHS = "/openapi(\\.json|\\.ya?ml)?";

  /** After the filters, which have lower orders, and before the library's own route. */
  private static final int ORDER = -100;

  private final OpenApiDocumentService contract;
  private final Map<Document, EncodedAnswer> written = new ConcurrentHashMap<>();

  private record Document(String version, Format format) {}

  ContractDocuments(OpenApiDocumentService contract) {
    this.contract = contract;
  }

  void register(@Observes Router router) {
    router.routeWithRegex(PATHS).order(ORDER).handler(this::dispatch);
  }

  /** The library would answer PUT and DELETE with the contract. */
  private void dispatch(RoutingContext context) {
    if (context.request().method().equals(HttpMethod.GET)) {
      handle(context);
    } else {
      context.response().putHeader("Allow", "GET, HEAD");
      ProblemResponse.write(
          context, ProblemMappers.problems(context).of(ProblemType.METHOD_NOT_ALLOWED));
    }
  }

  private void handle(RoutingContext context) {
    String version = context.request().getParam("version", "").strip();
    if (version.isEmpty() || version.equals(CURRENT) || version.equals(OLDER)) {
      Document document = new Document(version.equals(OLDER) ? OLDER : CURRENT, format(context));
      EncodedAnswer answer = written.computeIfAbsent(document, this::write);
      AnswerKey key = new AnswerKey(answer.tag(), CacheHeaders.ofVocabulary());
      boolean isKnown = Exchange.conditional(context).isUnchanged().test(key);
      EncodedResponse.write(context, isKnown ? new Answer.NotModified(key) : answer);
    } else {
      ProblemResponse.write(
          context,
          ProblemMappers.problems(context)
              .of(
                  new QuestionException(
                      QuestionException.Reason.MALFORMED,
                      List.of(
                          QuestionError.unknownValue(
                              "version", version, List.of(OLDER, CURRENT))))));
    }
  }

  /** JSON if asked for, or else YAML. */
  private static Format format(RoutingContext context) {
    String asked = context.request().getParam("format", "");
    String accepted = context.request().getHeader("Accept");
    boolean isJson =
        asked.isBlank()
            ? context.request().path().endsWith(".json")
                || (accepted != null && accepted.startsWith(Format.JSON.getMimeType()))
            : asked.equalsIgnoreCase(Format.JSON.name());
    return isJson ? Format.JSON : Format.YAML;
  }

  private EncodedAnswer write(Document document) {
    byte[] current = contract.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.YAML);
    byte[] text;
    if (document.version().equals(OLDER)) {
      text = older(current, document.format()).getBytes(StandardCharsets.UTF_8);
    } else if (document.format() == Format.JSON) {
      text = read(current).toJSON().getBytes(StandardCharsets.UTF_8);
    } else {
      text = current;
    }
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Content-Type", document.format().getMimeType() + ";charset=UTF-8"),
            Map.entry("Vary", CacheHeaders.VARY),
            CacheHeaders.ofVocabulary().get(0));
    return EncodedAnswer.of(
        EntityTag.of(new String(text, StandardCharsets.UTF_8)), headers, text, 0);
  }

  /** Writes a contract in YAML in the older version. */
  static String older(byte[] current, Format format) {
    OpenAPI model = read(current).model();
    model.setOpenapi(OLDER + ".3");
    SmallRyeOpenAPI older =
        builder().withInitialModel(model).addFilter(new OlderSchemas(model)).build();
    return format == Format.JSON ? older.toJSON() : older.toYAML();
  }

  private static SmallRyeOpenAPI read(byte[] yaml) {
    return builder().withCustomStaticFile(() -> new ByteArrayInputStream(yaml)).build();
  }

  private static SmallRyeOpenAPI.Builder builder() {
    return SmallRyeOpenAPI.builder()
        .enableModelReader(false)
        .enableStandardStaticFiles(false)
        .enableStandardFilter(false)
        .enableAnnotationScan(false);
  }
}
