package fr.opendamir.api.rest;

import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.QuestionBinder;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Answers questions. {@link QuestionContract} documents the parameters, from the catalog. */
@Path("/v1/aggregates")
public class AggregateResource {
  private final QuestionBinder binder;
  private final QuestionAnswers answers;

  AggregateResource(QuestionBinder binder, QuestionAnswers answers) {
    this.binder = binder;
    this.answers = answers;
  }

  @GET
  @AsksQuestion
  @APIResponse(
      responseCode = "200",
      description =
          "Rows, in the order asked for, then by their codes. Formats are asked for by format or"
              + " Accept.")
  public Uni<Response> get(@Context RoutingContext context) {
    QuestionAnswers.Asked asked =
        QuestionAnswers.parse(AddressedQuestion.parameters(context.request()), context.request());
    return answer(asked, bound -> answers.get(bound, asked, context));
  }

  private Uni<Response> answer(
      QuestionAnswers.Asked asked, Function<BoundQuestion, Uni<Response>> answer) {
    return binder.untilServed(
        () ->
            binder
                .bind(asked.question())
                .chain(
                    bound ->
                        asked.isDryRun()
                            ? Uni.createFrom().item(answers.dryRun(bound, asked.format()))
                            : answer.apply(bound)));
  }

  @POST
  @Path("/query")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(ref = "PostedQuestion")))
  @APIResponse(responseCode = "200", description = "As for GET /v1/aggregates")
  public Uni<Response> post(byte[] body, @Context RoutingContext context) {
    byte[] sent = body == null ? new byte[0] : body;
    return answers
        .repeated(sent, context)
        .orElseGet(
            () -> {
              QuestionAnswers.Asked asked =
                  QuestionAnswers.parse(PostedQuestion.parameters(sent), context.request());
              return answer(asked, bound -> answers.post(bound, asked, sent, context));
            });
  }
}
