package fr.opendamir.api.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fr.opendamir.access.FilePrice;
import fr.opendamir.access.Plan;
import fr.opendamir.access.PolicyStanding;
import fr.opendamir.answer.RequestAccount;
import fr.opendamir.api.http.DoorLimits;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.api.http.LongAddress;
import fr.opendamir.query.Price;
import fr.opendamir.query.QueryConfig;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBound;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** Lists all limits in force, and the remaining allowances of the caller. */
@Path("/v1/limits")
@Produces(MediaType.APPLICATION_JSON)
public class LimitResource {
  /** The state of one allowance of the caller. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "Allowance")
  public record AllowanceBody(
      String name, long quota, long windowSeconds, long remaining, long resetSeconds) {

    static AllowanceBody of(PolicyStanding policy) {
      return new AllowanceBody(
          policy.name(),
          policy.quota(),
          policy.windowSeconds(),
          policy.remaining(),
          policy.resetSeconds());
    }
  }

  /** The limits of one question. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "QuestionLimits")
  public record QuestionBody(
      int maxGroupBy,
      int maxMeasures,
      int maxSort,
      int maxHaving,
      int maxCodes,
      int maxCodesInAll,
      int maxPeriods,
      int maxCarePeriods,
      int maxLast,
      int maxParameters,
      int maxRepeats,
      int maxErrors,
      int maxLimit,
      int maxOffset,
      int maxRows,
      long maxScannedRows,
      int maxSeconds,
      int maxAddressLength,
      long maxBodyBytes) {}

  /** The price formula of an answer. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "PriceOfAnswers")
  public record PriceBody(
      String units,
      long cellsPerUnit,
      long workedRowsPerUnit,
      long conditionsPerPass,
      long codesPerUnit,
      String fileUnits,
      long bytesPerUnit) {}

  /** All limits. */
  @Schema(name = "Limits")
  public record LimitsBody(
      @Schema(nullable = true) String plan,
      List<AllowanceBody> allowances,
      @Schema(nullable = true) Integer concurrency,
      QuestionBody question,
      PriceBody price,
      Map<String, Map<String, Long>> doors) {}

  private static final PriceBody PRICE =
      new PriceBody(
          "1 + ceil(cells / cells_per_unit) + ceil(worked_rows / worked_rows_per_unit)"
              + " + floor(codes / codes_per_unit)",
          Price.CELLS_PER_UNIT,
          Price.ROWS_PER_UNIT,
          Price.CONDITIONS_PER_PASS,
          Price.CODES_PER_UNIT,
          "1 + ceil(bytes / bytes_per_unit)",
          FilePrice.BYTES_PER_UNIT);

  private final QueryConfig questions;
  private final List<DoorLimits> doors;
  private final long maxBodyBytes;

  LimitResource(
      QueryConfig questions,
      @All List<DoorLimits> doors,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
    this.questions = questions;
    this.doors = doors;
    this.maxBodyBytes = maxBody.asLongValue();
  }

  @GET
  public Uni<RestResponse<LimitsBody>> get(@Context RoutingContext context) {
    RequestAccount account = Exchange.of(context).account();
    return account
        .standing()
        .map(
            allowances ->
                RestResponse.ResponseBuilder.ok(body(account.plan(), allowances))
                    .header("Cache-Control", "no-store")
                    .build());
  }

  private LimitsBody body(Optional<Plan> plan, List<PolicyStanding> allowances) {
    return new LimitsBody(
        plan.map(Plan::name).orElse(null),
        allowances.stream().map(AllowanceBody::of).toList(),
        plan.map(Plan::concurrency).orElse(null),
        new QuestionBody(
            QuestionBound.GROUP_BY.most(),
            QuestionBound.MEASURES.most(),
            QuestionBound.SORT.most(),
            QuestionBound.HAVING.most(),
            QuestionBound.CODES.most(),
            QuestionBound.CODES_IN_ALL.most(),
            QuestionBound.PERIODS.most(),
            QuestionBound.CARE_PERIODS.most(),
            Question.MAX_LAST,
            QuestionBound.PARAMETERS.most(),
            QuestionBound.REPEATS.most(),
            QuestionBound.ERRORS.most(),
            Question.MAX_LIMIT,
            QuestionBound.OFFSET.most(),
            Question.ALL_ROWS,
            questions.maxScannedRows(),
            questions.statementTimeoutSeconds(),
            LongAddress.LONGEST,
            maxBodyBytes),
        PRICE,
        doors.stream()
            .collect(
                Collectors.toMap(
                    DoorLimits::door, DoorLimits::limits, (first, second) -> first, TreeMap::new)));
  }
}
