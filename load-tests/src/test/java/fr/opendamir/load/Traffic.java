package fr.opendamir.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Choice;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.ArrayList;
import java.util.List;

/** The requests of readers, each checked: its status, its entity tag, and of a sample its body. */
final class Traffic {
  private final Answers answers;
  private final boolean releaseChanges;

  /**
   * Takes what was answered.
   *
   * @param releaseChanges whether an answer that was kept may have become an old one
   */
  Traffic(Answers answers, boolean releaseChanges) {
    this.answers = answers;
    this.releaseChanges = releaseChanges;
  }

  /** What all scenarios share. Each user has one connection of its own, over HTTP/1.1. */
  static HttpProtocolBuilder protocol() {
    return http.baseUrl(Settings.baseUrl())
        .acceptHeader("*/*")
        .userAgentHeader("open-damir-load-tests")
        .disableWarmUp()
        .disableCaching()
        .disableFollowRedirect()
        .disableAutoReferer()
        .disableAutoOrigin()
        .disableUrlEncoding()
        .maxConnectionsPerHost(1);
  }

  /** One request of a reader. */
  ChainBuilder request() {
    List<Choice.WithKey> choices = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (boolean sampled : new boolean[] {false, true}) {
        choices.add(
            onCase(Reader.route(kind, false, sampled)).then(exec(request(kind, false, sampled))));
        if (kind.isRevalidated()) {
          choices.add(
              onCase(Reader.route(kind, true, sampled)).then(exec(request(kind, true, sampled))));
        }
      }
    }
    return exec(session -> {
          Reader.of(session).next();
          return session;
        })
        .exec(doSwitch(session -> Reader.of(session).route()).on(choices));
  }

  private HttpRequestActionBuilder request(Kind kind, boolean conditional, boolean sampled) {
    HttpRequestActionBuilder request =
        switch (kind) {
          case POSTED -> posted(kind, "/v1/aggregates/query");
          case GRAPHQL_POST -> posted(kind, "/graphql");
          default -> http(kind.title()).get(session -> Reader.of(session).request());
        };
    if (!Settings.keys().isEmpty()) {
      request = request.header("X-API-Key", session -> Reader.of(session).key());
    }
    if (kind != Kind.CURL) {
      request = request.header("Accept-Encoding", "gzip");
    }
    if (conditional) {
      request = request.header("If-None-Match", session -> Reader.of(session).tag());
    }
    return request.check(checks(kind, conditional, sampled));
  }

  private static HttpRequestActionBuilder posted(Kind kind, String address) {
    return http(kind.title())
        .post(address)
        .header("Content-Type", "application/json")
        .body(StringBody(session -> Reader.of(session).request()));
  }

  private List<CheckBuilder> checks(Kind kind, boolean conditional, boolean sampled) {
    List<CheckBuilder> checks = new ArrayList<>();
    if (!conditional) {
      checks.add(status().is(200));
    } else if (releaseChanges) {
      checks.add(status().in(200, 304));
    } else {
      checks.add(status().is(304));
    }
    if (kind.hasTag()) {
      checks.add(
          header("ETag")
              .validate("answered as before", (tag, session) -> checkedTag(tag, session)));
    }
    if (sampled && !conditional) {
      checks.add(
          bodyString().validate("the right body", (body, session) -> checkedBody(body, session)));
    }
    return checks;
  }

  private String checkedTag(String tag, Session session) {
    Reader reader = Reader.of(session);
    String request = reader.kind().name() + reader.request();
    reader.saw(answers.checkedTag(request, tag));
    return tag;
  }

  private String checkedBody(String body, Session session) {
    Reader reader = Reader.of(session);
    boolean right =
        switch (reader.kind()) {
          case NOTEBOOK, DASHBOARD, CURL, POSTED ->
              body.startsWith("{\"data\":[") && body.contains(reader.question().saidBack());
          case CSV -> body.startsWith(reader.question().groupBy().get(0) + ",");
          case GRAPHQL_GET, GRAPHQL_POST ->
              body.startsWith("{\"data\":{\"spending\":{\"nodes\":[")
                  && !body.contains("\"errors\"");
          case VOCABULARY, DRY_RUN -> !body.isBlank();
        };
    if (!right) {
      throw new IllegalStateException("not the answer to this question");
    }
    if (reader.kind().hasTag()) {
      answers.checkBody(reader.request() + reader.tag(), body);
    }
    return body;
  }
}
