package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.catalog.MeasureNotes;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.question.Suggestions;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Lists the measures. */
@Path("/v1/measures")
@Produces(MediaType.APPLICATION_JSON)
public class MeasureResource {
  /** A measure. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "Measure")
  public record MeasureBody(
      String id,
      @Schema(nullable = true) String damir,
      String unit,
      String formula,
      String label,
      String description,
      String scope,
      @Schema(nullable = true) String numerator,
      @Schema(nullable = true) String denominator,
      String caveats,
      String whyItMatters,
      String source,
      String vintage,
      String reviewed,
      List<String> comparison) {}

  /** All measures. */
  public record MeasureList(List<MeasureBody> data) {}

  private final Catalog catalog;
  private final VocabularyAnswers answers;

  MeasureResource(Catalog catalog, VocabularyAnswers answers) {
    this.catalog = catalog;
    this.answers = answers;
  }

  @GET
  @APIResponseSchema(MeasureList.class)
  public Uni<Response> list(@Context RoutingContext context) {
    Language language = RequestLanguage.ofAnswer(context.request());
    return answers.json(
        context,
        () ->
            new MeasureList(
                Arrays.stream(Measure.values()).map(measure -> body(measure, language)).toList()),
        "measures",
        language.id());
  }

  @GET
  @Path("/{id}")
  @APIResponseSchema(MeasureBody.class)
  public Uni<Response> get(@PathParam("id") String id, @Context RoutingContext context) {
    Measure measure =
        Measure.find(id)
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        new Label(
                            "cette mesure n'existe pas ; voir /v1/measures",
                            "there is no such measure; see /v1/measures"),
                        Suggestions.nearest(
                            id, Arrays.stream(Measure.values()).map(Measure::id).toList())));
    Language language = RequestLanguage.ofAnswer(context.request());
    return answers.json(
        context, () -> body(measure, language), "measure", measure.id(), language.id());
  }

  private MeasureBody body(Measure measure, Language language) {
    MeasureDescription description = catalog.describe(measure);
    MeasureNotes notes = description.notes();
    return new MeasureBody(
        measure.id(),
        description.variable().isEmpty() ? null : description.variable(),
        description.unit(),
        description.formula(),
        description.label().in(language),
        description.description().in(language),
        measure.isScopedToCare() ? "care,participation" : "all",
        orNull(notes.numerator().in(language)),
        orNull(notes.denominator().in(language)),
        notes.caveats().in(language),
        notes.whyItMatters().in(language),
        notes.source(),
        notes.vintage(),
        notes.reviewed(),
        MeasureValue.of(List.of(measure), true).stream()
            .map(MeasureValue::id)
            .filter(id -> !id.equals(measure.id()))
            .toList());
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
