package fr.opendamir.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import fr.opendamir.access.Plan;
import fr.opendamir.access.PolicyStanding;
import fr.opendamir.api.http.DoorLimits;
import fr.opendamir.api.http.LongAddress;
import fr.opendamir.api.http.Visit;
import fr.opendamir.query.AggregateQuery;
import fr.opendamir.query.QueryConfig;
import io.quarkus.arc.All;
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
      @Schema(description = "burst and daily are of units, requests of requests") String name,
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
      @Schema(description = "Rows of a page") @JsonProperty("max_limit") int maxLimit,
      @Schema(description = "Rows of limit=all") @JsonProperty("max_rows") int maxRows,
      @JsonProperty("max_scanned_rows") long maxScannedRows,
      @Schema(description = "After which the database gives up") @JsonProperty("max_seconds")
          int maxSeconds,
      @Schema(description = "Characters, with the parameters") @JsonProperty("max_address_length")
          int maxAddressLength) {}

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
      @Schema(description = "Bounds of the other doors, by door and name")
          Map<String, Map<String, Long>> doors) {}

  private final QueryConfig questions;
  private final List<DoorLimits> doors;

  LimitResource(QueryConfig questions, @All List<DoorLimits> doors) {
    this.questions = questions;
    this.doors = doors;
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
    Visit visit = Visit.of(context);
    return visit
        .standing()
        .map(
            allowances ->
                RestResponse.ResponseBuilder.ok(body(visit.plan(), allowances))
                    .header("Cache-Control", "no-store")
                    .build());
  }

  private LimitsBody body(Optional<Plan> plan, List<PolicyStanding> allowances) {
    return new LimitsBody(
        plan.map(Plan::name).orElse(null),
        allowances.stream().map(AllowanceBody::of).toList(),
        plan.map(Plan::concurrency).orElse(null),
        new QuestionBody(
            AggregateQuery.MAX_GROUP_BY,
            AggregateQuery.MAX_LIMIT,
            AggregateQuery.ALL_ROWS,
            questions.maxScannedRows(),
            questions.statementTimeoutSeconds(),
            LongAddress.LONGEST),
        doors.stream()
            .collect(
                Collectors.toMap(
                    DoorLimits::door, DoorLimits::limits, (first, second) -> first, TreeMap::new)));
  }
}
