package fr.opendamir.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
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
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A release is published while readers ask, so that nothing that is kept answers any longer. {@code
 * load-tests/run.sh} publishes it. What was refused for want of a place (503) is counted and
 * bounded, all other failures are failures; and whoever watches sees the new release and never
 * again the old one.
 */
public final class ColdCacheSimulation extends Simulation {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** Refusals while all is worked out anew; they carry Retry-After. */
  private static final double MOST_REFUSED_PERCENT = 1;

  private final Set<String> releases = ConcurrentHashMap.newKeySet();
  private final AtomicLong changedAt = new AtomicLong();
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
                during(duration)
                    .on(
                        exec(http("which release")
                                .get("/v1/aggregates?group_by=year&measures=charged")
                                .header("X-API-Key", session -> Reader.of(session).key())
                                .check(
                                    status().is(200),
                                    header("X-Release")
                                        .validate(
                                            "never an older one",
                                            (release, session) -> watched(release))))
                            .pause(BETWEEN_LOOKS)));
    setUp(
            readers.injectOpen(
                rampUsers(Settings.number("users", 80)).during(Duration.ofSeconds(5))),
            onlooker.injectOpen(atOnceUsers(1)))
        .protocols(Traffic.protocol())
        .maxDuration(duration.plusMinutes(1))
        .assertions(
            published
                ? global().failedRequests().percent().lte(MOST_REFUSED_PERCENT)
                : global().failedRequests().count().is(0L));
  }

  private String watched(String release) {
    if (release == null || (releases.contains(release) && !release.equals(newest))) {
      throw new IllegalStateException("an older release again");
    }
    if (releases.add(release)) {
      newest = release;
      changedAt.set(System.currentTimeMillis());
    }
    return release;
  }

  @Override
  public void after() {
    if (Boolean.parseBoolean(Settings.text("published", "false")) && releases.size() < 2) {
      throw new IllegalStateException("no new release was seen");
    }
    Report.line(
        "releases seen: %s, the newest at %tT", String.join(", ", releases), changedAt.get());
  }
}
