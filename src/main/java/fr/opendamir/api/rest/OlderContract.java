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
 * Serves the contract in OpenAPI 3.0 at {@code /openapi?version=3.0}, for generators that do not
 * read 3.1. It is written by the same library, from the document that is served in 3.1.
 */
@ApplicationScoped
class OlderContract {
  static final String VERSION = "3.0";

  private static final String CURRENT = "3.1";
  private static final String PATHS = "/openapi(\\.json|\\.ya?ml)?";

  /** After the filters, which have lower orders, and before the route of the current version. */
  private static final int ORDER = -100;

  private final OpenApiDocumentService contract;
  private final Map<Format, EncodedAnswer> written = new ConcurrentHashMap<>();

  OlderContract(OpenApiDocumentService contract) {
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
    if (version.isEmpty() || version.equals(CURRENT)) {
      context.next();
    } else if (version.equals(VERSION)) {
      EncodedAnswer answer = written.computeIfAbsent(format(context), this::write);
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
                              "version", version, List.of(VERSION, CURRENT))))));
    }
  }

  /** As the library chooses for the current version: JSON if asked for, or else YAML. */
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

  private EncodedAnswer write(Format format) {
    byte[] current = contract.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.YAML);
    byte[] older = convert(current, format).getBytes(StandardCharsets.UTF_8);
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Content-Type", format.getMimeType() + ";charset=UTF-8"),
            Map.entry("Vary", CacheHeaders.VARY),
            CacheHeaders.ofVocabulary().get(0));
    return EncodedAnswer.of(
        EntityTag.of(new String(older, StandardCharsets.UTF_8)), headers, older, 0);
  }

  /** Writes a contract in YAML in the older version. */
  static String convert(byte[] current, Format format) {
    OpenAPI model =
        builder().withCustomStaticFile(() -> new ByteArrayInputStream(current)).build().model();
    model.setOpenapi(VERSION + ".3");
    SmallRyeOpenAPI older =
        builder().withInitialModel(model).addFilter(new OlderSchemas(model)).build();
    return format == Format.JSON ? older.toJSON() : older.toYAML();
  }

  private static SmallRyeOpenAPI.Builder builder() {
    return SmallRyeOpenAPI.builder()
        .enableModelReader(false)
        .enableStandardStaticFiles(false)
        .enableStandardFilter(false)
        .enableAnnotationScan(false);
  }
}
