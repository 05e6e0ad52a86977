package fr.opendamir.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Every limit in force, and what the caller has left. */
@Tag(name = "Limits")
@Path("/v1/limits")
@Produces(MediaType.APPLICATION_JSON)
public class LimitResource {
  /** How one allowance of the caller stands. */
  @Schema(name = "Allowance")
  public record AllowanceBody(
      @Schema(
              description =
                  "burst and daily are of units, requests of requests; with site- before it, of all"
                      + " networks of an IPv6 /48 together")
          String name,
      @Schema(description = "Units or requests of a window") long quota,
      @Schema(description = "Length of the window") @JsonProperty("window_seconds")
          long windowSeconds,
      @Schema(description = "Units or requests that are left") long remaining,
      @Schema(description = "Until all of it is there again") @JsonProperty("reset_seconds")
          long resetSeconds) {

    static AllowanceBody of(PolicyStanding policy) {
      return new AllowanceBody(
          policy.name(),
          policy.quota(),
          policy.windowSeconds(),
          policy.remaining(),
          policy.resetSeconds());
    }
  }

  /** What one question may be. */
  @Schema(name = "QuestionLimits")
  public record QuestionBody(
      @JsonProperty("max_group_by") int maxGroupBy,
      @JsonProperty("max_measures") int maxMeasures,
      @Schema(description = "Sort keys") @JsonProperty("max_sort") int maxSort,
      @Schema(description = "Conditions on measures") @JsonProperty("max_having") int maxHaving,
      @Schema(description = "Codes of one level that are kept or excluded")
          @JsonProperty("max_codes")
          int maxCodes,
      @Schema(description = "Codes of all levels together") @JsonProperty("max_codes_in_all")
          int maxCodesInAll,
      @Schema(description = "Months, quarters, years and ranges of them, together")
          @JsonProperty("max_periods")
          int maxPeriods,
      @Schema(description = "Months of last") @JsonProperty("max_last") int maxLast,
      @Schema(description = "Names of parameters, or members of a body")
          @JsonProperty("max_parameters")
          int maxParameters,
      @Schema(description = "How often a parameter may be sent that takes one value")
          @JsonProperty("max_repeats")
          int maxRepeats,
      @Schema(description = "Errors that are told of one question") @JsonProperty("max_errors")
          int maxErrors,
      @Schema(description = "Rows of a page") @JsonProperty("max_limit") int maxLimit,
      @Schema(description = "Rows before a page") @JsonProperty("max_offset") int maxOffset,
      @Schema(description = "Rows of limit=all") @JsonProperty("max_rows") int maxRows,
      @JsonProperty("max_scanned_rows") long maxScannedRows,
      @Schema(description = "After which the database gives up") @JsonProperty("max_seconds")
          int maxSeconds,
      @Schema(description = "Characters, with the parameters") @JsonProperty("max_address_length")
          int maxAddressLength,
      @Schema(description = "Bytes of a body") @JsonProperty("max_body_bytes") long maxBodyBytes) {}

  /** What an answer costs. */
  @Schema(name = "PriceOfAnswers")
  public record PriceBody(
      @Schema(
              description =
                  "In units. cells: rows, those of totals too, times measures. worked_rows: rows that"
                      + " are scanned, times groupings (1; 2 with totals=grand; levels + 1 with"
                      + " totals=rollup) and once more for each conditions_per_pass conditions of"
                      + " having and keys of sort. codes: rows times columns of codes and labels")
          String units,
      @JsonProperty("cells_per_unit") long cellsPerUnit,
      @JsonProperty("worked_rows_per_unit") long workedRowsPerUnit,
      @JsonProperty("conditions_per_pass") long conditionsPerPass,
      @JsonProperty("codes_per_unit") long codesPerUnit) {}

  /** All of them. */
  @Schema(name = "Limits")
  public record LimitsBody(
      @Schema(nullable = true, description = "The caller's plan; null where nobody is limited")
          String plan,
      @Schema(description = "None where nobody is limited") List<AllowanceBody> allowances,
      @Schema(
              nullable = true,
              description =
                  "Questions of the caller in work or waiting; null where nobody is limited")
          Integer concurrency,
      QuestionBody question,
      PriceBody price,
      @Schema(description = "Bounds of requests (http) and of the other doors, by door and name")
          Map<String, Map<String, Long>> doors) {}

  private static final PriceBody PRICE =
      new PriceBody(
          "1 + ceil(cells / cells_per_unit) + ceil(worked_rows / worked_rows_per_unit)"
              + " + floor(codes / codes_per_unit)",
          Price.CELLS_PER_UNIT,
          Price.ROWS_PER_UNIT,
          Price.CONDITIONS_PER_PASS,
          Price.CODES_PER_UNIT);

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
  @Operation(
      operationId = "getLimits",
      summary = "Limits",
      description =
          "Every limit in force, and how the caller's allowances stand. Free of charge; of the"
              + " caller alone, so that nobody may keep it.")
  @APIResponse(responseCode = "200")
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
