package fr.opendamir.load;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Eighty people with a key each, who ask one million times, one request after the other. */
public final class HackathonDaySimulation extends Simulation {
  private static final Duration AT_MOST = Duration.ofMinutes(10);
  private static final Duration ARRIVAL = Duration.ofSeconds(5);

  /** Sets it up. */
  public HackathonDaySimulation() {
    long requests = Settings.number("requests", 1_000_000);
    Crowd crowd = Crowd.drawn();
    AtomicLong left = new AtomicLong(requests);
    ScenarioBuilder day =
        scenario("hackathon day")
            .exec(
                exec(crowd::join),
                asLongAs(session -> left.getAndDecrement() > 0)
                    .on(new Traffic(new Answers(1), false).request()));
    setUp(day.injectOpen(rampUsers(Settings.number("users", 80)).during(ARRIVAL)))
        .protocols(Traffic.protocol())
        .maxDuration(AT_MOST)
        .assertions(
            global().failedRequests().count().is(0L), global().allRequests().count().gte(requests));
  }
}
