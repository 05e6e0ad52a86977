package fr.opendamir.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/**
 * Readers who come, ask a hundred times and go, for minutes or hours: what is not given back with
 * each connection, user or answer adds up. {@code load-tests/run.sh} compares memory, descriptors
 * and connections before and after.
 */
public final class SoakSimulation extends Simulation {
  private static final int REQUESTS_OF_EACH = 100;

  /** Sets it up. */
  public SoakSimulation() {
    Duration duration = Duration.ofMinutes(Settings.number("minutes", 3));
    Crowd crowd = Crowd.drawn();
    setUp(
            scenario("soak")
                .exec(
                    exec(crowd::join),
                    repeat(REQUESTS_OF_EACH)
                        .on(
                            new Traffic(new Answers(1), false)
                                .request()
                                .pause(Duration.ofMillis(10))))
                .injectOpen(
                    constantUsersPerSec(Settings.number("usersPerSecond", 10)).during(duration)))
        .protocols(Traffic.protocol())
        .maxDuration(duration.plusMinutes(2))
        .assertions(global().failedRequests().count().is(0L));
  }
}
