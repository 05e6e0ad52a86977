package fr.opendamir.api.rest;

import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.answer.AnswerService;
import fr.opendamir.answer.Work;
import fr.opendamir.api.http.AddressTerms;
import fr.opendamir.api.http.AnswerResponse;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.HeadRequest;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.Figures;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The common steps of all REST resources that answer questions: parse, run the pipeline, write. */
@ApplicationScoped
class QuestionAnswers {
  /**
   * A question with the format of its answer.
   *
   * @param isDownload whether browsers are to save the answer instead of showing it
   */
  record Asked(Question question, AnswerFormat format, boolean isDryRun, boolean isDownload) {}

  private final Figures figures;
  private final AnswerWriter writer;
  private final AnswerService answers;
  private final KnownRequests requests;
  private final Encoding encoding;

  QuestionAnswers(
      Figures figures,
      AnswerWriter writer,
      AnswerService answers,
      KnownRequests requests,
      Encoding encoding) {
    this.figures = figures;
    this.writer = writer;
    this.answers = answers;
    this.requests = requests;
    this.encoding = encoding;
  }

  /**
   * Parses a question.
   *
   * @throws QuestionException with an error for every invalid parameter
   * @throws NotAcceptableException if the Accept header accepts no format
   */
  static Asked parse(Map<String, List<String>> parameters, HttpServerRequest request) {
    Question parsed = QuestionParser.parse(parameters, RequestLanguage.of(request), Formats.ids());
    AnswerFormat format = RequestedFormat.of(parameters, request.getHeader(HttpHeaders.ACCEPT));
    Question question =
        format.hasLabelsOnRequestOnly() && QuestionParser.value(parameters, "labels").isEmpty()
            ? parsed.with(LabelStyle.ID)
            : parsed;
    boolean isDryRun = QuestionParser.asksForDryRun(parameters);
    if (!isDryRun) {
      AllRows.require(question, format);
    }
    return new Asked(
        question.inFormat(format.isFile()),
        format,
        isDryRun,
        QuestionParser.asksForDownload(parameters));
  }

  /** Answers a dry run of a bound question. */
  Response dryRun(BoundQuestion bound, AnswerFormat format) {
    return DryRun.answer(
        bound,
        answers.isCached(AnswerWriter.key(bound, format)),
        figures.coverage(bound).stream()
            .map(warning -> warning.in(AddressTerms.INSTANCE).in(bound.query().language()))
            .toList());
  }

  /** Answers GET: conditional requests are supported, and the parsed request is cached. */
  Uni<Response> get(BoundQuestion bound, Asked asked, RoutingContext context) {
    return answer(bound, asked, Exchange.conditional(context), context)
        .invoke(
            response -> {
              // Not for HEAD, which may be free.
              if (isRemembered(response, asked) && !HeadRequest.is(context)) {
                requests.remember(context.request(), bound, asked.format());
              }
            });
  }

  /** Answers POST: conditional headers are ignored, and the parsed request is cached. */
  Uni<Response> post(BoundQuestion bound, Asked asked, byte[] body, RoutingContext context) {
    return answer(bound, asked, Exchange.unconditional(context), context)
        .invoke(
            response -> {
              if (isRemembered(response, asked)) {
                requests.remember(context.request(), body, bound, asked.format());
              }
            })
        .map(response -> located(response, bound.query(), bound.release().id(), asked.format()));
  }

  /** Answers a repeated POST if the answer is cached; does not parse the question again. */
  Optional<Uni<Response>> repeated(byte[] body, RoutingContext context) {
    return requests
        .find(context.request(), body)
        .flatMap(known -> requests.key(known).flatMap(keyed -> repeated(known, keyed, context)));
  }

  private Optional<Uni<Response>> repeated(
      KnownRequests.Known known, KnownRequests.Keyed keyed, RoutingContext context) {
    return answers
        .ready(Exchange.unconditional(context), keyed.key())
        .map(
            ready ->
                ready.map(
                    answer ->
                        located(
                            AnswerResponse.of(answer, context.request()),
                            known.question(),
                            keyed.release(),
                            known.format())));
  }

  /**
   * Whether a request is cached. Not for 304, which is free: only paid requests may use cache
   * memory. Not for downloads, whose headers are not those of the answer in the cache.
   */
  private static boolean isRemembered(Response response, Asked asked) {
    return response.getStatus() == 200 && !asked.isDownload();
  }

  private static Response located(
      Response response, Question question, String release, AnswerFormat format) {
    return Response.fromResponse(response)
        .header(
            HttpHeaders.CONTENT_LOCATION,
            CanonicalQuestion.path(question, release) + "&format=" + format.selector())
        .build();
  }

  private Uni<Response> answer(
      BoundQuestion bound, Asked asked, AnswerRequest request, RoutingContext context) {
    Uni<Response> answer = answer(bound, asked.format(), request, context);
    return asked.isDownload() ? answer.map(FileName::asAttachment) : answer;
  }

  private Uni<Response> answer(
      BoundQuestion bound, AnswerFormat format, AnswerRequest request, RoutingContext context) {
    AnswerKey key = AnswerWriter.key(bound, format);
    Optional<Uni<Answer>> ready = answers.ready(request, key);
    if (ready.isEmpty() && bound.isStreamed()) {
      return request.isHeadOnly() // nothing to compute
          ? Uni.createFrom().item(AnswerWriter.head(bound, key, format, context.request()).build())
          : stream(bound, key, format, request, context);
    }
    return ready
        .orElseGet(
            () ->
                answers.computed(
                    request,
                    key,
                    Work.of(
                        bound,
                        figures,
                        result -> encoding.run(format, () -> writer.write(key, result, format)))))
        .map(answer -> AnswerResponse.of(answer, context.request()));
  }

  /**
   * Streams an answer. The highest price is paid in advance; units for rows not sent are refunded
   * at the end.
   */
  private Uni<Response> stream(
      BoundQuestion bound,
      AnswerKey key,
      AnswerFormat format,
      AnswerRequest request,
      RoutingContext context) {
    return request
        .charge(bound.maxUnits(), bound.leastUnits())
        .paid(
            charge ->
                charge.streamed(
                    bound.plan(),
                    place ->
                        figures.stream(bound)
                            .map(
                                rows ->
                                    writer.stream(
                                        bound,
                                        key,
                                        rows,
                                        format,
                                        context.request(),
                                        new StreamAccount(
                                            charge, bound, place, Exchange.of(context))))));
  }
}
