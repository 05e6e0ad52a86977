package fr.opendamir.api.graphql;

import fr.opendamir.access.Grant;
import fr.opendamir.access.PolicyStanding;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.api.http.AnswerSource;
import fr.opendamir.api.http.ContentCoding;
import fr.opendamir.api.http.EncodedResponse;
import fr.opendamir.api.http.FailureLog;
import fr.opendamir.api.http.HeadRequest;
import fr.opendamir.api.http.Precondition;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.Problems;
import fr.opendamir.api.http.QuotaExceededException;
import fr.opendamir.api.http.RequestId;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.Visit;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.AggregateService;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ServedReleases;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * GraphQL over HTTP at {@code /graphql}, in front of the handler of SmallRye: it has entity tags,
 * statuses and kept answers, which that has not.
 */
@ApplicationScoped
class GraphqlRoute {
  private static final String PATH = "/graphql";
  private static final String PAGE = "/graphiql";

  /** After the filters, whose orders are their priorities below 0; before routes of extensions. */
  private static final int ORDER = -100;

  private static final String ALLOWED = "GET, HEAD, POST";

  private final GraphqlConfig config;
  private final Documents documents;
  private final TrustedDocuments trusted;
  private final GraphqlAnswers answers;
  private final ReleaseCatalog releases;
  private final AggregateService service;

  GraphqlRoute(
      GraphqlConfig config,
      Documents documents,
      TrustedDocuments trusted,
      GraphqlAnswers answers,
      ReleaseCatalog releases,
      AggregateService service) {
    this.config = config;
    this.documents = documents;
    this.trusted = trusted;
    this.answers = answers;
    this.releases = releases;
    this.service = service;
  }

  void register(@Observes Router router) {
    router.route(PATH).order(ORDER).handler(this::dispatch);
    router
        .post(PATH)
        .order(ORDER + 1)
        .handler(BodyHandler.create(false).setBodyLimit(config.maxBodyBytes()));
    router.post(PATH).order(ORDER + 2).handler(this::post);
    router.route(PATH).order(ORDER).failureHandler(GraphqlRoute::fail);
    // The library sets a header for this method, and never answers.
    router.options(PATH + "/schema.graphql").order(ORDER).handler(context -> context.fail(405));
  }

  private void dispatch(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.GET)) {
      get(context);
    } else if (!method.equals(HttpMethod.POST)) {
      context.response().putHeader("Allow", ALLOWED);
      refuse(context, ProblemType.METHOD_NOT_ALLOWED);
    } else if (!isJson(context)) {
      refuse(context, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    } else {
      context.next();
    }
  }

  private static boolean isJson(RoutingContext context) {
    MIMEHeader sent = context.parsedHeaders().contentType();
    String charset = sent.parameter("charset");
    return sent.component().equalsIgnoreCase("application")
        && sent.subComponent().equalsIgnoreCase("json")
        && (charset == null || charset.replace("\"", "").equalsIgnoreCase("utf-8"));
  }

  private void get(RoutingContext context) {
    Optional<MediaTypes> type = MediaTypes.of(context);
    String text = context.request().query();
    if (text == null && isBrowser(context)) {
      context.response().setStatusCode(303).putHeader("Location", PAGE);
      var unused = context.response().end();
    } else if (type.isEmpty()) {
      refuse(context, ProblemType.NOT_ACCEPTABLE);
    } else {
      answer(
          context,
          new GraphqlAnswers.Sent(false, text == null ? "" : text, type.get(), language(context)));
    }
  }

  private static boolean isBrowser(RoutingContext context) {
    String accept = context.request().getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }

  private void post(RoutingContext context) {
    // Once a body was read for it, the context no longer tells that its answer has ended.
    context.addBodyEndHandler(ended -> Visit.of(context).ended(context.response().getStatusCode()));
    Optional<MediaTypes> type = MediaTypes.of(context);
    if (type.isEmpty()) {
      refuse(context, ProblemType.NOT_ACCEPTABLE);
    } else {
      String body = context.body().asString("UTF-8");
      answer(
          context,
          new GraphqlAnswers.Sent(true, body == null ? "" : body, type.get(), language(context)));
    }
  }

  private void answer(RoutingContext context, GraphqlAnswers.Sent sent) {
    Optional<GraphqlAnswers.Known> known = answers.known(sent);
    Optional<ServedReleases> served = releases.rememberedServed();
    if (known.isPresent()
        && served.isPresent()
        && answerKept(context, sent, known.get(), served.get())) {
      return;
    }
    try {
      Operation operation = understand(context, sent);
      GraphqlAnswers.Known meaning =
          operation.isPersonal() ? null : known.orElseGet(() -> answers.remember(sent, operation));
      Cancellable work =
          service
              .untilServed(
                  () ->
                      releases
                          .served()
                          .chain(bound -> answer(context, sent, meaning, operation, bound)))
              .subscribe()
              .with(unused -> {}, failure -> fail(context, sent, failure));
      stopWhereClientLeaves(context, work);
    } catch (RefusedRequestException e) {
      GraphqlResponse.refused(context, sent.type(), e, problems(context));
    }
  }

  private static void stopWhereClientLeaves(RoutingContext context, Cancellable work) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.closed()) {
      response.closeHandler(
          closed -> {
            work.cancel();
            Visit.of(context).aborted(); // this handler takes the place of the one that tells it
          });
    } else if (response.closed()) {
      work.cancel();
    }
  }

  private Operation understand(RoutingContext context, GraphqlAnswers.Sent sent) {
    GraphqlRequest request =
        sent.isPost()
            ? GraphqlRequestReader.ofBody(sent.text())
            : GraphqlRequestReader.ofAddress(context.queryParams());
    return Operation.of(
        documents.understand(trusted.text(request), request, !sent.isPost()), request);
  }

  private boolean answerKept(
      RoutingContext context,
      GraphqlAnswers.Sent sent,
      GraphqlAnswers.Known meaning,
      ServedReleases served) {
    String tag = meaning.tag(served);
    if (!sent.isPost()
        && Precondition.isUnchanged(
            context.request(), tag, meaning.cacheHeaders(served.newest().orElseThrow()))) {
      EncodedResponse.notModified(
          context,
          tag,
          ContentCoding.acceptsGzip(context.request()),
          meaning.cacheHeaders(served.newest().orElseThrow()));
      return true;
    }
    Optional<EncodedAnswer> kept = answers.find(tag);
    kept.ifPresent(answer -> sell(context, sent, answer));
    return kept.isPresent();
  }

  /** HEAD of what is known is free, as 304 is. */
  private static void sell(RoutingContext context, GraphqlAnswers.Sent sent, EncodedAnswer answer) {
    Visit visit = Visit.of(context);
    visit.isFrom(AnswerSource.KEPT);
    if (HeadRequest.is(context)) {
      write(context, sent, answer);
      return;
    }
    Optional<Grant> now = visit.takeNow(answer.units());
    if (now.isPresent()) {
      write(context, sent, answer, now.get());
    } else {
      var unused =
          visit
              .take(answer.units())
              .subscribe()
              .with(
                  grant -> write(context, sent, answer, grant),
                  failure -> fail(context, sent, failure));
    }
  }

  private static void write(
      RoutingContext context, GraphqlAnswers.Sent sent, EncodedAnswer answer, Grant grant) {
    if (grant.isGranted()) {
      write(context, sent, answer);
    } else {
      GraphqlResponse.refused(context, sent.type(), problems(context).of(grant));
    }
  }

  /** For the caller alone: nothing is kept. */
  private Uni<Void> answerNow(
      RoutingContext context, GraphqlAnswers.Sent sent, Operation operation, Asked asked) {
    return answers
        .answerNow(operation, asked)
        .invoke(outcome -> write(context, sent, outcome))
        .replaceWithVoid();
  }

  /** Answers an operation from the releases that are served at one time, and from no others. */
  private Uni<Void> answer(
      RoutingContext context,
      GraphqlAnswers.Sent sent,
      GraphqlAnswers.Known meaning,
      Operation operation,
      ServedReleases served) {
    Asked asked = new Asked(problems(context), Visit.of(context), served);
    if (operation.isPersonal() || served.newest().isEmpty()) {
      // For the caller alone, or nothing is published: there may be something to say, not to keep.
      return answerNow(context, sent, operation, asked);
    }
    if (answerKept(context, sent, meaning, served)) {
      return Uni.createFrom().voidItem();
    }
    return answers
        .answer(meaning.tag(served), meaning, operation, sent, served.newest().get(), asked)
        .invoke(answer -> write(context, sent, answer))
        .replaceWithVoid();
  }

  private static void write(
      RoutingContext context, GraphqlAnswers.Sent sent, EncodedAnswer answer) {
    boolean compressed = ContentCoding.acceptsGzip(context.request());
    if (sent.isPost()) {
      withThrottle(
          context, sent, burst -> GraphqlResponse.write(context, answer, compressed, burst));
    } else {
      EncodedResponse.write(context, answer, compressed);
    }
  }

  private static void write(
      RoutingContext context, GraphqlAnswers.Sent sent, GraphqlEngine.Outcome outcome) {
    if (sent.isPost()) {
      withThrottle(
          context, sent, burst -> GraphqlResponse.write(context, sent.type(), outcome, burst));
    } else {
      GraphqlResponse.write(context, sent.type(), outcome, Optional.empty());
    }
  }

  /** Answers to POST tell how the burst policy stands; those to GET are for everybody. */
  private static void withThrottle(
      RoutingContext context, GraphqlAnswers.Sent sent, Consumer<Optional<PolicyStanding>> write) {
    var unused =
        Visit.of(context).burst().subscribe().with(write, failure -> fail(context, sent, failure));
  }

  private static void fail(RoutingContext context, GraphqlAnswers.Sent sent, Throwable failure) {
    MediaTypes type = sent.type();
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof GraphqlAnswers.NotKeptException notKept) {
      write(context, sent, notKept.outcome());
    } else if (cause instanceof QuotaExceededException exceeded) {
      GraphqlResponse.refused(context, type, problems(context).of(exceeded.grant()));
    } else if (!context.response().ended()) {
      FailureLog.failed(RequestId.of(context), failure);
      GraphqlResponse.refused(context, type, problems(context).of(failure));
    }
  }

  /** What goes wrong before there is a request: a body that is too long, or that breaks off. */
  private static void fail(RoutingContext context) {
    if (context.response().ended()) {
      return; // a chunked body that is too long fails twice
    }
    if (context.statusCode() == ProblemType.INTERNAL_ERROR.status()) {
      FailureLog.failed(RequestId.of(context), context.failure());
    }
    refuse(
        context,
        switch (context.statusCode()) {
          case 413 -> ProblemType.REQUEST_TOO_LARGE;
          case 400 -> ProblemType.REQUEST_REFUSED;
          default -> ProblemType.INTERNAL_ERROR;
        });
  }

  private static void refuse(RoutingContext context, ProblemType type) {
    GraphqlResponse.refused(
        context, MediaTypes.of(context).orElse(MediaTypes.GRAPHQL), problems(context).of(type));
  }

  private static Problems problems(RoutingContext context) {
    return new Problems(language(context), PATH, RequestId.of(context));
  }

  private static Language language(RoutingContext context) {
    return RequestLanguage.ofHeader(context.request().getHeader("Accept-Language"));
  }
}
