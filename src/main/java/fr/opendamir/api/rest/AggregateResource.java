package fr.opendamir.api.rest;

import fr.opendamir.api.http.HeadRequest;
import fr.opendamir.api.http.Precondition;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.Visit;
import fr.opendamir.query.AggregateService;
import fr.opendamir.query.PlannedQuestion;
import fr.opendamir.query.Release;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The question. Its parameters are documented by {@link QuestionContract}, from the catalog. */
@Tag(name = "Aggregates")
@Path("/v1/aggregates")
public class AggregateResource {
  private final AggregateService service;
  private final AnswerWriter writer;
  private final CachedAnswers answers;
  private final KnownRequests requests;

  AggregateResource(
      AggregateService service,
      AnswerWriter writer,
      CachedAnswers answers,
      KnownRequests requests) {
    this.service = service;
    this.writer = writer;
    this.answers = answers;
    this.requests = requests;
  }

  @GET
  @AsksQuestion
  @Operation(
      operationId = "getAggregates",
      summary = "Sums of measures by any combination of dimensions",
      description =
          "Every figure is an exact sum of published blocks of at least 11 contributors; nothing is"
              + " rounded or perturbed. Detail that is not disclosed is under the code ND.")
  @APIResponse(
      responseCode = "200",
      description =
          "Rows, in the order asked for, then by their codes. Formats are asked for by format or"
              + " Accept.")
  public Uni<Response> get(@Context HttpHeaders headers, @Context RoutingContext context) {
    HttpServerRequest request = context.request();
    Map<String, List<String>> parameters = AddressedQuestion.parameters(request);
    Question asked = QuestionParser.parse(parameters, RequestLanguage.of(request));
    AnswerFormat format = AnswerWriter.format(parameters, headers);
    Question query = asked.inFormat(format.isRowsOnly());
    if (QuestionParser.asksForDryRun(parameters)) {
      return dryRun(query, format);
    }
    AllRows.require(query, format);
    service.refuseImpossible(query);
    return service.untilServed(
        () ->
            service
                .release(query)
                .chain(
                    release -> {
                      String tag = AnswerWriter.tag(query, release, format);
                      return Precondition.isUnchanged(
                              request, tag, AnswerWriter.cacheHeaders(query, release))
                          ? Uni.createFrom()
                              .item(AnswerResponse.notModified(query, release, tag, request))
                          : answer(query, release, format, context)
                              .invoke(
                                  () -> {
                                    if (!HeadRequest.is(context)) { // which may be free
                                      requests.remember(request, query, format);
                                    }
                                  });
                    }));
  }

  private Uni<Response> answer(
      Question query, Release release, AnswerFormat format, RoutingContext context) {
    String tag = AnswerWriter.tag(query, release, format);
    if (query.asksForAllRows() && answers.find(tag).isEmpty()) {
      PlannedQuestion planned = service.plan(query, release);
      if (!planned.isStreamed()) {
        return page(tag, () -> planned, format, context);
      }
      return HeadRequest.is(context) // nothing to compute
          ? Uni.createFrom().item(AllRows.head(query, release, format, context.request()))
          : stream(planned, format, context);
    }
    return page(tag, () -> service.plan(query, release), format, context);
  }

  private Uni<Response> page(
      String tag, Supplier<PlannedQuestion> plan, AnswerFormat format, RoutingContext context) {
    return answers
        .answer(tag, plan, format, context)
        .map(answer -> AnswerResponse.of(answer, context.request()).build());
  }

  /** It is paid for in advance; what was not sent is given back in the end. */
  private Uni<Response> stream(
      PlannedQuestion planned, AnswerFormat format, RoutingContext context) {
    Visit visit = Visit.of(context);
    long most = planned.maxUnits();
    return visit.paidInAdvance(
        most,
        planned.leastUnits(),
        charge ->
            charge.streamed(
                planned.plan(),
                place ->
                    service.stream(planned)
                        .map(
                            stream ->
                                writer.stream(
                                    stream,
                                    format,
                                    context.request(),
                                    new StreamAccount(visit, most, planned, place)))));
  }

  private Uni<Response> dryRun(Question query, AnswerFormat format) {
    return service
        .release(query)
        .map(
            release ->
                DryRun.answer(
                    service.plan(query, release),
                    answers.find(AnswerWriter.tag(query, release, format)).isPresent()));
  }

  @POST
  @Path("/query")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "postAggregates",
      summary = "The same question as a JSON object, for those too long for an address",
      description =
          "Members are the parameters of GET /v1/aggregates, values are texts, numbers, booleans or"
              + " lists of those; null and what is blank are as good as absent. The member query of"
              + " an answer is such a question. Content-Location is the address of the question.")
  @RequestBody(
      required = true,
      description = "The question",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(ref = AnswerSchemas.QUESTION)))
  @APIResponse(responseCode = "200", description = "As for GET /v1/aggregates")
  public Uni<Response> post(
      byte[] body, @Context HttpHeaders headers, @Context RoutingContext context) {
    HttpServerRequest request = context.request();
    Map<String, List<String>> parameters = PostedQuestion.parameters(body);
    Question asked = QuestionParser.parse(parameters, RequestLanguage.of(request));
    AnswerFormat format = AnswerWriter.format(parameters, headers);
    Question query = asked.inFormat(format.isRowsOnly());
    if (QuestionParser.asksForDryRun(parameters)) {
      return dryRun(query, format);
    }
    AllRows.require(query, format);
    service.refuseImpossible(query);
    return service.untilServed(
        () ->
            service
                .release(query)
                .chain(
                    release ->
                        answer(query, release, format, context)
                            .map(answer -> located(answer, query, release, format))));
  }

  private static Response located(
      Response answer, Question query, Release release, AnswerFormat format) {
    return Response.fromResponse(answer)
        .header(
            HttpHeaders.CONTENT_LOCATION,
            CanonicalQuestion.path(query, release) + "&format=" + format.id())
        .build();
  }
}
