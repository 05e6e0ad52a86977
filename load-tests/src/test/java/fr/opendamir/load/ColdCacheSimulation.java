package fr.opendamir.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A release is published while readers ask, so that nothing that is kept answers any longer. {@code
 * load-tests/run.sh} publishes it. What was refused for want of a place (503) is counted and
 * bounded, all other failures are failures; and whoever watches sees the new release and never
 * again the old one.
 */
public final class ColdCacheSimulation extends Simulation {
  private static final String LAST_LOOK = "the new release";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** Refusals while all is worked out anew; they carry Retry-After. */
  private static final double MOST_REFUSED_PERCENT = 1;

  private final Set<String> releases = ConcurrentHashMap.newKeySet();
  private volatile String newest = "";

  /** Sets it up. */
  public ColdCacheSimulation() {
    Duration duration = Duration.ofSeconds(Settings.number("seconds", 60));
    boolean published = Boolean.parseBoolean(Settings.text("published", "false"));
    Crowd crowd = Crowd.drawn();
    Traffic traffic = new Traffic(new Answers(2), true);
    ScenarioBuilder readers =
        scenario("cold cache")
            .exec(
                exec(crowd::join),
                during(duration).on(traffic.request().pause(Duration.ofMillis(20))));
    ScenarioBuilder onlooker =
        scenario("onlooker")
            .exec(
                exec(crowd::join),
                during(duration).on(exec(look("which release", 1)).pause(BETWEEN_LOOKS)),
                exec(look(LAST_LOOK, published ? 2 : 1)));
    setUp(
            readers.injectOpen(
                rampUsers(Settings.number("users", 80)).during(Duration.ofSeconds(5))),
            onlooker.injectOpen(atOnceUsers(1)))
        .protocols(Traffic.protocol())
        .maxDuration(duration.plusMinutes(1))
        .assertions(
            details(LAST_LOOK).failedRequests().count().is(0L),
            published
                ? global().failedRequests().percent().lte(MOST_REFUSED_PERCENT)
                : global().failedRequests().count().is(0L));
  }

  private HttpRequestActionBuilder look(String name, int atLeast) {
    return http(name)
        .get("/v1/aggregates?group_by=year&measures=charged")
        .header("X-API-Key", session -> Reader.of(session).key())
        .check(
            status().is(200),
            header("X-Release")
                .validate(
                    "never an older one",
                    (release, session) -> {
                      watched(release);
                      if (releases.size() < atLeast) {
                        throw new IllegalStateException("still the old release");
                      }
                      return release;
                    }));
  }

  private void watched(String release) {
    if (release == null || (releases.contains(release) && !release.equals(newest))) {
      throw new IllegalStateException("an older release again");
    }
    if (releases.add(release)) {
      newest = release;
    }
  }

  @Override
  public void after() {
    Report.line("releases seen: %s", String.join(", ", releases));
  }
}
