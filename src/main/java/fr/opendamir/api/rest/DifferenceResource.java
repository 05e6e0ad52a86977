package fr.opendamir.api.rest;

import fr.opendamir.catalog.Label;
import fr.opendamir.query.QuestionBinder;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Answers questions about the difference between two releases. */
@Path("/v1/releases/{base}/diff/{compared}")
public class DifferenceResource {
  private final QuestionBinder binder;
  private final QuestionAnswers answers;

  DifferenceResource(QuestionBinder binder, QuestionAnswers answers) {
    this.binder = binder;
    this.answers = answers;
  }

  static String path(String from, String to) {
    return "/v1/releases/" + from + "/diff/" + to;
  }

  @GET
  @AsksQuestion
  @APIResponse(
      responseCode = "200",
      description = "Rows, ordered by their codes; in the formats of /v1/aggregates")
  public Uni<Response> get(
      @PathParam("base") String from,
      @PathParam("compared") String to,
      @Context RoutingContext context) {
    Map<String, List<String>> parameters = AddressedQuestion.parameters(context.request());
    QuestionAnswers.Asked asked = QuestionAnswers.parse(parameters, context.request());
    // A cursor includes a release, which must be the later release here.
    boolean isNamed = QuestionParser.value(parameters, "release").isPresent();
    if (isNamed || asked.question().release().filter(release -> !release.equals(to)).isPresent()) {
      throw new QuestionException(QuestionException.Reason.MALFORMED, List.of(releaseInPath()));
    }
    AllRows.require(asked.question(), asked.format());
    if (asked.isDryRun()) {
      throw new QuestionException(QuestionException.Reason.MALFORMED, List.of(dryRunElsewhere()));
    }
    return binder.untilServed(
        () ->
            binder
                .bindDifference(from, to, asked.question())
                .chain(bound -> answers.get(bound, asked, context)));
  }

  private static QuestionError dryRunElsewhere() {
    return new QuestionError(
        "dry_run",
        "unknown_parameter",
        new Label("ne vaut que pour /v1/aggregates", "is for /v1/aggregates only"),
        List.of());
  }

  private static QuestionError releaseInPath() {
    return new QuestionError(
        "release",
        "unknown_parameter",
        new Label(
            "les deux versions sont déjà dans l'adresse",
            "both releases are in the address already"),
        List.of());
  }
}
