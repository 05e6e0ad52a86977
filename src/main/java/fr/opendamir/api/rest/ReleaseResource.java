package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReleaseMonth;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Lists the published releases, with their files and protection. */
@Path("/v1/releases")
@Produces(MediaType.APPLICATION_JSON)
public class ReleaseResource {
  /**
   * One month of a release. Totals are euros (acts for the quantity) of all lines of the file;
   * {@code notDisclosed} is by level and measure the share of the total without a code, null if
   * unknown; {@code revisions} how often the month was corrected since it was first published.
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "ReleaseMonth")
  public record MonthBody(
      String month,
      String sourceFile,
      long sourceBytes,
      @Schema(nullable = true) String sourceSha256,
      boolean synthetic,
      String policy,
      int revisions,
      boolean acceptedLoss,
      long lines,
      long blocks,
      long smallestBlock,
      Map<String, BigDecimal> totals,
      @Schema(ref = "NotDisclosed") Map<String, Map<String, BigDecimal>> notDisclosed) {}

  /** A release. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "Release")
  public record ReleaseBody(
      String id,
      String publishedAt,
      boolean synthetic,
      Attribution attribution,
      String policy,
      long smallestBlock,
      List<String> references,
      @Schema(ref = "NotDisclosed") Map<String, Map<String, BigDecimal>> notDisclosed,
      List<MonthBody> months) {}

  /** All releases that are served, newest first. */
  public record ReleaseList(List<ReleaseBody> data) {}

  private final ReleaseCatalog releases;
  private final VocabularyAnswers answers;

  ReleaseResource(ReleaseCatalog releases, VocabularyAnswers answers) {
    this.releases = releases;
    this.answers = answers;
  }

  @GET
  @APIResponseSchema(ReleaseList.class)
  public Uni<Response> list(@Context RoutingContext context) {
    Language language = RequestLanguage.ofAnswer(context.request());
    return releases
        .list()
        .chain(
            all ->
                answers.json(
                    context,
                    () -> new ReleaseList(all.stream().map(r -> body(r, language)).toList()),
                    "releases",
                    language.id(),
                    all.stream().map(Release::id).collect(Collectors.joining(","))));
  }

  @GET
  @Path("/latest")
  @APIResponseSchema(ReleaseBody.class)
  public Uni<Response> latest(@Context RoutingContext context) {
    return releases.latest().chain(release -> found(release, context));
  }

  @GET
  @Path("/{id}")
  @APIResponseSchema(ReleaseBody.class)
  public Uni<Response> get(@PathParam("id") String id, @Context RoutingContext context) {
    return releases.find(id).chain(release -> found(release, context));
  }

  private Uni<Response> found(Optional<Release> release, RoutingContext context) {
    Release found = release.orElseThrow(ReleaseResource::notServed);
    Language language = RequestLanguage.ofAnswer(context.request());
    return answers.json(context, () -> body(found, language), "release", language.id(), found.id());
  }

  static UnknownNameException notServed() {
    return new UnknownNameException(
        new Label(
            "cette version n'est pas (ou plus) servie ; voir /v1/releases",
            "this release is not, or no longer, served; see /v1/releases"));
  }

  private static ReleaseBody body(Release release, Language language) {
    return new ReleaseBody(
        release.id(),
        release.publishedAt().toString(),
        release.isSynthetic(),
        Attribution.of(release, language),
        release.policyId(),
        release.smallestBlock(),
        release.references(),
        byId(release.notDisclosedShares()),
        release.months().stream().map(ReleaseResource::body).toList());
  }

  private static MonthBody body(ReleaseMonth month) {
    Map<String, BigDecimal> totals = new LinkedHashMap<>();
    for (SourceMeasure measure : SourceMeasure.values()) {
      totals.put(
          measure.id(),
          BigDecimal.valueOf(month.totals().get(measure), measure.isAmount() ? 2 : 0));
    }
    return new MonthBody(
        month.month().toString(),
        month.fileName(),
        month.fileBytes(),
        month.sha256(),
        month.synthetic(),
        month.policyId(),
        month.revisions(),
        month.acceptedLoss(),
        month.lines(),
        month.blocks(),
        month.smallestBlock(),
        totals,
        byId(month.notDisclosedShares()));
  }

  /** Shares by the public identifiers of levels and measures. */
  static Map<String, Map<String, BigDecimal>> byId(
      Map<Level, Map<SourceMeasure, BigDecimal>> shares) {
    Map<String, Map<String, BigDecimal>> byId = new LinkedHashMap<>();
    shares.forEach(
        (level, ofLevel) -> {
          Map<String, BigDecimal> byMeasure = new LinkedHashMap<>();
          ofLevel.forEach((measure, share) -> byMeasure.put(measure.id(), share));
          byId.put(level.id(), byMeasure);
        });
    return byId;
  }
}
