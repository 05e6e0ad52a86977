package fr.opendamir.api.http;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.QuestionError;
import fr.opendamir.query.QuestionException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns every failure into a problem body: what was wrong and what would work, never a stack trace.
 */
public class ProblemMappers {
  /** The media type of RFC 9457. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final int RETRY_AFTER_SECONDS = 5;

  @ServerExceptionMapper
  Response question(QuestionException e, RoutingContext context) {
    ProblemType type =
        switch (e.reason()) {
          case MALFORMED -> ProblemType.MALFORMED_QUESTION;
          case IMPOSSIBLE -> ProblemType.IMPOSSIBLE_QUESTION;
          case TOO_LARGE -> ProblemType.TOO_LARGE_QUESTION;
          case NOT_PUBLISHED -> ProblemType.NOTHING_PUBLISHED;
          case UNKNOWN_RELEASE -> ProblemType.RELEASE_NOT_SERVED;
        };
    Language language = RequestLanguage.of(context.request());
    QuestionError first = e.errors().get(0);
    String detail = first.parameter() + ": " + first.detail().in(language);
    if (e.errors().size() > 1) {
      detail +=
          new Label(
                  " (et %d autre(s) erreur(s), voir errors)".formatted(e.errors().size() - 1),
                  " (and %d more, see errors)".formatted(e.errors().size() - 1))
              .in(language);
    }
    List<Problem.Item> items =
        e.errors().stream().map(error -> Problem.Item.of(error, language)).toList();
    return response(context, type, detail, items);
  }

  @ServerExceptionMapper
  Response http(WebApplicationException e, RoutingContext context) {
    int status = e.getResponse().getStatus();
    ProblemType type =
        switch (status) {
          case 404 -> ProblemType.NOT_FOUND;
          case 405 -> ProblemType.METHOD_NOT_ALLOWED;
          case 406 -> ProblemType.NOT_ACCEPTABLE;
          case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
          default -> status < 500 ? ProblemType.REQUEST_REFUSED : ProblemType.INTERNAL_ERROR;
        };
    Language language = RequestLanguage.of(context.request());
    return response(
        context,
        type,
        e instanceof UnknownNameException unknown
            ? unknown.detail().in(language)
            : type.description().in(language),
        List.of());
  }

  @ServerExceptionMapper
  Response unexpected(Exception e, RoutingContext context) {
    ProblemType type =
        e instanceof DataUnavailableException
            ? ProblemType.UNAVAILABLE
            : ProblemType.INTERNAL_ERROR;
    LOG.errorf(e, "request %s failed", RequestId.of(context));
    return response(
        context, type, type.description().in(RequestLanguage.of(context.request())), List.of());
  }

  private static Response response(
      RoutingContext context, ProblemType type, String detail, List<Problem.Item> errors) {
    return response(context, type, detail, errors, Map.of());
  }

  /** A problem with members of its own. */
  public static Response response(
      RoutingContext context,
      ProblemType type,
      String detail,
      List<Problem.Item> errors,
      Map<String, Object> extensions) {
    Problem problem =
        new Problem(
            type.uri(),
            type.title().in(RequestLanguage.of(context.request())),
            type.status(),
            detail,
            context.request().path(),
            errors,
            RequestId.of(context),
            extensions);
    Response.ResponseBuilder response =
        Response.status(type.status()).type(MEDIA_TYPE).entity(problem);
    if (type.status() == 503) {
      response.header("Retry-After", RETRY_AFTER_SECONDS);
    }
    return response.build();
  }
}
