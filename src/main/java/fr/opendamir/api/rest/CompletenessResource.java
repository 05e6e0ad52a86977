package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.CareHistories;
import fr.opendamir.query.CareHistory;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** How complete the periods of care of a release are, by months after their end. */
@Path("/v1/releases/{id}/completeness")
@Produces(MediaType.APPLICATION_JSON)
public class CompletenessResource {
  /**
   * What earlier periods had received up to and including a month of processing, as a share of all
   * that they received in the end.
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "CompletenessStep")
  public record Step(
      int monthsAfterEnd,
      @Schema(ref = "MeasureShares") Map<String, BigDecimal> received,
      @Schema(ref = "MeasureShares") Map<String, BigDecimal> receivedInAll) {}

  /** The steps of a level of periods of care. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "LevelCompleteness")
  public record LevelBody(String level, List<String> measuredOn, List<Step> steps) {}

  /** The completeness of the periods of care of a release. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "Completeness")
  public record CompletenessBody(String release, List<LevelBody> levels) {}

  private static final String LATEST = "latest";

  private final ReleaseCatalog releases;
  private final CareHistories histories;
  private final VocabularyAnswers answers;

  CompletenessResource(
      ReleaseCatalog releases, CareHistories histories, VocabularyAnswers answers) {
    this.releases = releases;
    this.histories = histories;
    this.answers = answers;
  }

  @GET
  @APIResponseSchema(CompletenessBody.class)
  public Uni<Response> get(@PathParam("id") String id, @Context RoutingContext context) {
    return (id.equals(LATEST) ? releases.latest() : releases.find(id))
        .map(found -> found.orElseThrow(ReleaseResource::notServed))
        .chain(
            release ->
                histories
                    .of(release)
                    .chain(
                        history ->
                            answers.json(
                                context,
                                () -> body(release, history),
                                "completeness",
                                release.id())));
  }

  private static CompletenessBody body(Release release, CareHistory history) {
    return new CompletenessBody(
        release.id(),
        Arrays.stream(Level.values())
            .filter(Level::isCarePeriod)
            .map(level -> body(level, history.development(level)))
            .toList());
  }

  private static LevelBody body(Level level, CareHistory.Development development) {
    List<Integer> all = CarePeriods.steps(level);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      steps.add(
          new Step(
              all.get(i),
              shares(development, List.of(all.get(i))),
              shares(development, all.subList(0, i + 1))));
    }
    return new LevelBody(
        level.id(), development.periods(), development.periods().isEmpty() ? List.of() : steps);
  }

  private static Map<String, BigDecimal> shares(
      CareHistory.Development development, List<Integer> steps) {
    Map<String, BigDecimal> shares = new LinkedHashMap<>();
    for (SourceMeasure measure : SourceMeasure.values()) {
      shares.put(measure.id(), development.share(measure, steps));
    }
    return shares;
  }
}
