package fr.opendamir.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doWhile;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Readers who take all rows: as CSV, as NDJSON, and page by page to the end. Each must get all of
 * them, none twice, and the sum that the service itself gives as the total, to the cent.
 */
public final class BulkReadersSimulation extends Simulation {
  private static final String QUESTION =
      "/v1/aggregates?group_by=month,region,service&measures=reimbursed&labels=id";

  /** The same amounts by another way: few rows, from another rollup. */
  private static final String TOTAL =
      "/v1/aggregates?group_by=year&measures=reimbursed&labels=id&format=csv";

  private static final String PAGE_SIZE = "10000";

  private final Rows expected;
  private final List<String> keys = Settings.keys();
  private final AtomicInteger came = new AtomicInteger();

  /** Sets it up. */
  public BulkReadersSimulation() {
    Service service = new Service(Settings.baseUrl(), keys);
    expected =
        new Rows(
            Rows.total(service.get(QUESTION + "&limit=1")), Rows.ofCsv(service.get(TOTAL)).sum());
    Report.line("rows of the question: %d", expected.count());
    int users = Settings.number("users", 4);
    ChainBuilder taken =
        exec(session -> session.set("key", nextKey()))
            .exec(
                repeat(Settings.number("rounds", 3))
                    .on(
                        exec(all("all rows, CSV", "csv", Rows::ofCsv))
                            .exec(all("all rows, NDJSON", "ndjson", Rows::ofNdjson))
                            .exec(pages())));
    setUp(scenario("bulk readers").exec(taken).injectOpen(atOnceUsers(users)))
        .protocols(Traffic.protocol())
        .maxDuration(Duration.ofMinutes(5))
        .assertions(global().failedRequests().count().is(0L));
  }

  private String nextKey() {
    return keys.isEmpty() ? "" : keys.get(came.getAndIncrement() % keys.size());
  }

  private HttpRequestActionBuilder ask(String name, String address) {
    HttpRequestActionBuilder request =
        http(name).get(address).header("Accept-Encoding", "gzip").check(status().is(200));
    return keys.isEmpty() ? request : request.header("X-API-Key", "#{key}");
  }

  private ChainBuilder all(String name, String format, Function<String, Rows> reading) {
    return exec(
        ask(name, QUESTION + "&limit=all&format=" + format)
            .check(
                bodyString()
                    .validate(
                        "all rows and their total",
                        (body, session) -> {
                          reading.apply(body).require(expected);
                          return body;
                        })));
  }

  private ChainBuilder pages() {
    return exec(session ->
            session.set("next", QUESTION + "&limit=" + PAGE_SIZE).set("read", Rows.NONE))
        .exec(
            doWhile(session -> !session.getString("next").isEmpty())
                .on(
                    exec(
                        ask("a page", "#{next}")
                            .check(bodyString().transformWithSession(this::turned).saveAs("page"))),
                    exec(BulkReadersSimulation::next)));
  }

  /** The last page completes all rows, or the request has failed. */
  private Rows.Page turned(String body, Session session) {
    Rows.Page page = Rows.page(body);
    if (page.next().isEmpty()) {
      Rows read = session.get("read");
      read.plus(page.rows()).require(expected);
    }
    return page;
  }

  private static Session next(Session session) {
    if (!session.contains("page")) {
      return session.set("next", ""); // the request failed
    }
    Rows.Page page = session.get("page");
    Rows read = session.get("read");
    return session.set("read", read.plus(page.rows())).set("next", page.next()).remove("page");
  }
}
