package fr.opendamir.api.http;

import fr.opendamir.access.OverloadedException;
import fr.opendamir.access.TooManyAtOnceException;
import fr.opendamir.answer.QuotaExceededException;
import fr.opendamir.question.QuestionException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps every exception thrown by a resource to a problem body. */
public class ProblemMappers {
  /** The media type of RFC 9457. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  Response question(QuestionException e, RoutingContext context) {
    return response(problems(context).of(e));
  }

  @ServerExceptionMapper
  Response http(WebApplicationException e, RoutingContext context) {
    int status = e.getResponse().getStatus();
    ProblemType type = type(status);
    Problems problems = problems(context);
    return response(
        e instanceof UnknownNameException unknown
            ? unknown(unknown, type, problems)
            : problems.of(type));
  }

  private static Problem unknown(UnknownNameException e, ProblemType type, Problems problems) {
    String detail = e.detail().in(problems.language());
    List<Problem.Item> errors =
        e.nearest().isEmpty()
            ? List.of()
            : List.of(new Problem.Item("id", detail, "unknown_value", e.nearest()));
    return problems.of(type, detail, errors, Map.of());
  }

  @ServerExceptionMapper
  Response quota(QuotaExceededException e, RoutingContext context) {
    return response(problems(context).of(e.grant()));
  }

  @ServerExceptionMapper
  Response atOnce(TooManyAtOnceException e, RoutingContext context) {
    Exchange.of(context).account().noted(e);
    return response(problems(context).of(e));
  }

  @ServerExceptionMapper
  Response overloaded(OverloadedException e, RoutingContext context) {
    Exchange.of(context).account().noted(e);
    return response(problems(context).of(e));
  }

  @ServerExceptionMapper
  Response unexpected(Exception e, RoutingContext context) {
    if (context.response().ended()) {
      // its body was too long
      LOG.infof("request %s ended before it was read", RequestId.of(context));
    } else {
      FailureLog.failed(RequestId.of(context), e);
    }
    return response(problems(context).of(e));
  }

  /** The problem type for a status when nothing more specific is known. */
  static ProblemType type(int status) {
    return switch (status) {
      case 404 -> ProblemType.NOT_FOUND;
      case 405 -> ProblemType.METHOD_NOT_ALLOWED;
      case 406 -> ProblemType.NOT_ACCEPTABLE;
      case 413 -> ProblemType.REQUEST_TOO_LARGE;
      case 414 -> ProblemType.URI_TOO_LONG;
      case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
      case 431 -> ProblemType.HEADER_TOO_LONG;
      default ->
          status >= 400 && status < 500 ? ProblemType.REQUEST_REFUSED : ProblemType.INTERNAL_ERROR;
    };
  }

  /** The problem factory for a request. */
  public static Problems problems(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (LongAddress.isTooLong(request)) {
      // The parameter lang may be anywhere in an address that is too long to read.
      return new Problems(
          RequestLanguage.ofHeader(request.getHeader("Accept-Language")),
          LongAddress.cut(request.path()),
          RequestId.of(context));
    }
    return new Problems(RequestLanguage.of(request), request.path(), RequestId.of(context));
  }

  /** The response with a problem as its body. */
  public static Response response(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(MEDIA_TYPE)
            .header("Content-Language", RequestLanguage.tag(problem.language()))
            .entity(problem);
    if (problem.status() == 503) {
      response.header("Retry-After", Problems.RETRY_AFTER_SECONDS);
    }
    return response.build();
  }
}
