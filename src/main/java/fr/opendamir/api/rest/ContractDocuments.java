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
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import io.smallrye.openapi.runtime.io.Format;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * Serves the contract at {@code /openapi}, as YAML or JSON, and with {@code version=3.0} in OpenAPI
 * 3.0 for generators that do not read 3.1. Each document is written when it is first asked for,
 * from the one that the library has made when the service was built. The library would read that at
 * each start, which takes a tenth of it, and is kept from it.
 */
@ApplicationScoped
class ContractDocuments {
  static final String OLDER = "3.0";

  private static final String CURRENT = "3.1";
  private static final String PATHS = "/openapi(\\.json|\\.ya?ml)?";

  /** After the filters, which have lower orders, and before the library's own route. */
  private static final int ORDER = -100;

  private static final String MADE_BY_THE_BUILD =
      "/" + OpenApiConstants.BASE_NAME + "." + Format.JSON.name();

  private final PublicAddress address;
  private final Map<Document, EncodedAnswer> written = new ConcurrentHashMap<>();

  private record Document(String version, Format format) {}

  ContractDocuments(PublicAddress address) {
    this.address = address;
  }

  /**
   * The library takes a contract that it does not find for none. It looks for it after this event.
   * Quarkus warns of the event, because a native program would have it when it is built; there is
   * none of this service.
   */
  static void keepLibraryFromReading(@Observes @Initialized(ApplicationScoped.class) Object any) {
    OpenApiConstants.classLoader = ClassLoader.getPlatformClassLoader();
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
    SmallRyeOpenAPI contract = contract();
    if (document.version().equals(OLDER)) {
      contract = older(contract.model());
    }
    String text = document.format() == Format.JSON ? contract.toJSON() : contract.toYAML();
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Content-Type", document.format().getMimeType() + ";charset=UTF-8"),
            Map.entry("Vary", CacheHeaders.VARY),
            CacheHeaders.ofVocabulary().get(0));
    return EncodedAnswer.of(EntityTag.of(text), headers, text.getBytes(StandardCharsets.UTF_8), 0);
  }

  private SmallRyeOpenAPI contract() {
    return read(() -> ContractDocuments.class.getResourceAsStream(MADE_BY_THE_BUILD))
        .addFilter(new PublicServer(address))
        .build();
  }

  /** A contract in YAML or JSON. */
  static SmallRyeOpenAPI.Builder read(Supplier<InputStream> document) {
    return builder().withCustomStaticFile(document);
  }

  /** A contract in the older version; the model is changed. */
  static SmallRyeOpenAPI older(OpenAPI model) {
    model.setOpenapi(OLDER + ".3");
    return builder().withInitialModel(model).addFilter(new OlderSchemas(model)).build();
  }

  /** Of what it is given alone: nothing is looked for. */
  private static SmallRyeOpenAPI.Builder builder() {
    return SmallRyeOpenAPI.builder()
        .enableModelReader(false)
        .enableStandardStaticFiles(false)
        .enableStandardFilter(false)
        .enableAnnotationScan(false);
  }
}
