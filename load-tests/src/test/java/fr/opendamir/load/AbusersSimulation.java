package fr.opendamir.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.forAll;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Readers with keys beside callers who flood, make keys up, ask what cannot be answered, send
 * bodies that are too long and documents that are too deep. Each abuser has an address of its own
 * on the loopback network, and must be refused by the right status; the readers must not notice.
 */
public final class AbusersSimulation extends Simulation {
  private static final Duration PATIENCE = Duration.ofMillis(2);
  private static final String LONG_BODY = "{\"group_by\":[\"" + "a".repeat(200_000) + "\"]}";
  private static final String DEEP_DOCUMENT =
      "{\"query\":\"{ spending " + "{ nodes ".repeat(40) + "}".repeat(40) + " }\"}";

  /** Sets it up. */
  public AbusersSimulation() {
    Duration duration = Duration.ofSeconds(Settings.number("seconds", 60));
    int p99 = Settings.number("p99", 1000);
    Crowd crowd = Crowd.drawn();
    PopulationBuilder readers =
        scenario("readers")
            .exec(
                exec(crowd::join),
                during(duration)
                    .on(new Traffic(new Answers(1), false).request().pause(Duration.ofMillis(50))))
            .injectOpen(rampUsers(Settings.number("users", 40)).during(Duration.ofSeconds(5)))
            .protocols(Traffic.protocol());
    List<PopulationBuilder> all = new ArrayList<>(List.of(readers));
    all.add(abuser("anonymous flood", 2, duration, flood()));
    all.add(abuser("forged keys", 3, duration, forgedKey()));
    all.add(abuser("bad questions", 4, duration, badQuestion()));
    all.add(abuser("huge bodies", 5, duration, hugeBody()));
    all.add(abuser("deep GraphQL", 6, duration, deepDocument()));
    List<Assertion> assertions = new ArrayList<>();
    assertions.add(forAll().failedRequests().count().is(0L));
    assertions.add(global().allRequests().count().gt(0L));
    for (Kind kind : List.of(Kind.NOTEBOOK, Kind.DASHBOARD, Kind.CSV, Kind.GRAPHQL_POST)) {
      assertions.add(details(kind.title()).responseTime().percentile(99).lte(p99));
    }
    setUp(all).maxDuration(duration.plusMinutes(1)).assertions(assertions);
  }

  /** Four connections from an address that nobody else has, once the readers are at work. */
  private static PopulationBuilder abuser(
      String name, int address, Duration duration, HttpRequestActionBuilder request) {
    HttpProtocolBuilder protocol = Traffic.protocol();
    if (Settings.baseUrl().contains("127.0.0.1")) {
      protocol = protocol.localAddress("127.0.0." + address);
    }
    Duration quiet = duration.dividedBy(3);
    return scenario(name)
        .exec(during(duration.minus(quiet)).on(exec(request).pause(PATIENCE)))
        .injectOpen(nothingFor(quiet), atOnceUsers(4))
        .protocols(protocol);
  }

  private static HttpRequestActionBuilder flood() {
    return http("abuse: anonymous flood")
        .get(
            session ->
                "/v1/aggregates?group_by=region,age_band,service_group&having=reimbursed:ge:-"
                    + ThreadLocalRandom.current().nextInt(1_000_000_000))
        .check(status().in(200, 429, 503));
  }

  private static HttpRequestActionBuilder forgedKey() {
    return http("abuse: forged key")
        .get("/v1/aggregates?group_by=region")
        .header(
            "X-API-Key",
            session ->
                String.format(
                    Locale.ROOT, "odk_%038d", ThreadLocalRandom.current().nextLong(1L << 62)))
        .check(status().in(401, 429, 503));
  }

  private static HttpRequestActionBuilder badQuestion() {
    return http("abuse: bad question")
        .get("/v1/aggregates?group_by=patient&measures=name&region=%27%3BDROP")
        .check(status().in(400, 429));
  }

  private static HttpRequestActionBuilder hugeBody() {
    return http("abuse: huge body")
        .post("/v1/aggregates/query")
        .header("Content-Type", "application/json")
        .body(StringBody(LONG_BODY))
        .check(status().in(413, 429));
  }

  private static HttpRequestActionBuilder deepDocument() {
    return http("abuse: deep GraphQL")
        .post("/graphql")
        .header("Content-Type", "application/json")
        .body(StringBody(DEEP_DOCUMENT))
        .check(status().in(400, 429));
  }
}
