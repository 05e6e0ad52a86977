package fr.opendamir.api.graphql;

import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.FailureLog;
import fr.opendamir.api.http.JsonBody;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.RequestId;
import fr.opendamir.api.http.RequestLanguage;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Serves GraphQL over HTTP at {@code /graphql}. */
@ApplicationScoped
class GraphqlRoute {
  static final String PATH = "/graphql";
  private static final String PAGE = "/graphiql";

  /** After the filters, which have lower orders, and before the routes of extensions. */
  private static final int ORDER = -100;

  private static final String ALLOWED = "GET, HEAD, POST";

  private final GraphqlConfig config;
  private final GraphqlAnswers answers;

  GraphqlRoute(GraphqlConfig config, GraphqlAnswers answers) {
    this.config = config;
    this.answers = answers;
  }

  void register(@Observes Router router) {
    router.route(PATH).order(ORDER).handler(this::dispatch);
    router
        .post(PATH)
        .order(ORDER + 1)
        .handler(BodyHandler.create(false).setBodyLimit(config.maxBodyBytes()));
    router.post(PATH).order(ORDER + 2).handler(this::post);
    router.route(PATH).order(ORDER).failureHandler(GraphqlRoute::fail);
  }

  private void dispatch(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.GET)) {
      get(context);
    } else if (!method.equals(HttpMethod.POST)) {
      context.response().putHeader("Allow", ALLOWED);
      GraphqlReply.refuse(context, ProblemType.METHOD_NOT_ALLOWED);
    } else if (!JsonBody.isIn(context)) {
      GraphqlReply.refuse(context, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    } else {
      context.next();
    }
  }

  private void get(RoutingContext context) {
    String text = context.request().query();
    if (text == null && isBrowser(context)) {
      context.response().setStatusCode(303).putHeader("Location", PAGE);
      var unused = context.response().end();
    } else {
      answer(context, false, text, Exchange.conditional(context));
    }
  }

  private static boolean isBrowser(RoutingContext context) {
    String accept = context.request().getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }

  private void post(RoutingContext context) {
    // Reading the body replaces the handler that reports the end of the response.
    context.addBodyEndHandler(
        ended -> Exchange.of(context).ended(context.response().getStatusCode()));
    answer(context, true, context.body().asString("UTF-8"), Exchange.unconditional(context));
  }

  private void answer(RoutingContext context, boolean isPost, String text, AnswerRequest request) {
    Optional<MediaTypes> type = MediaTypes.of(context);
    if (type.isEmpty()) {
      GraphqlReply.refuse(context, ProblemType.NOT_ACCEPTABLE);
      return;
    }
    SentOperation sent =
        new SentOperation(
            isPost,
            text == null ? "" : text,
            type.get(),
            RequestLanguage.ofHeader(context.request().getHeader("Accept-Language")));
    answers.answer(context, sent, request);
  }

  /** Handles failures before the body is read completely: it is too long or breaks off. */
  private static void fail(RoutingContext context) {
    if (context.response().ended()) {
      return; // a chunked body that is too long fails twice
    }
    if (context.statusCode() == ProblemType.INTERNAL_ERROR.status()) {
      FailureLog.failed(RequestId.of(context), context.failure());
    }
    GraphqlReply.refuse(
        context,
        switch (context.statusCode()) {
          case 413 -> ProblemType.REQUEST_TOO_LARGE;
          case 400 -> ProblemType.REQUEST_REFUSED;
          default -> ProblemType.INTERNAL_ERROR;
        });
  }
}
