package fr.opendamir.load;

import io.gatling.javaapi.core.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One user: what it asks next, and the entity tags it has seen. Changed in place, by one user at a
 * time: a new session for each request would cost more than the request.
 */
final class Reader {
  private static final String SESSION_KEY = "reader";

  /** One request in so many has its body read and compared. */
  private static final int SAMPLE = 100;

  private static final List<String> VOCABULARY =
      List.of(
          "/v1/dimensions",
          "/v1/dimensions/region/codes",
          "/v1/dimensions/service/codes?search=consultation",
          "/v1/measures",
          "/v1/releases",
          "/v1/limits",
          "/");

  private final Questions questions;
  private final Requests requests;
  private final SplittableRandom random;
  private final String key;
  private final Map<String, String> seen = new HashMap<>();

  private Kind kind = Kind.NOTEBOOK;
  private Question question;
  private String request = "";
  private String tag;
  private boolean sampled;

  Reader(Questions questions, Requests requests, long seed, String key) {
    this.questions = questions;
    this.requests = requests;
    this.random = new SplittableRandom(seed);
    this.key = key;
    this.question = questions.get(0);
  }

  static Session join(Session session, Reader reader) {
    return session.set(SESSION_KEY, reader);
  }

  static Reader of(Session session) {
    return session.get(SESSION_KEY);
  }

  /** Decides on the next request. */
  void next() {
    kind = Kind.drawn(random.nextInt(1000));
    int rank = questions.draw(random);
    question = questions.get(rank);
    sampled = random.nextInt(SAMPLE) == 0;
    request =
        kind == Kind.VOCABULARY
            ? VOCABULARY.get(random.nextInt(VOCABULARY.size()))
            : requests.of(kind, rank);
    tag = kind.isRevalidated() ? seen.get(request) : null;
  }

  Kind kind() {
    return kind;
  }

  Question question() {
    return question;
  }

  /** An address, or a body that is posted. */
  String request() {
    return request;
  }

  String key() {
    return key;
  }

  /** Of the answer it has already, if it asks whether that is still right. */
  String tag() {
    return tag;
  }

  /** Which chain of Gatling asks this. */
  String route() {
    return route(kind, tag != null, sampled);
  }

  static String route(Kind kind, boolean conditional, boolean sampled) {
    return kind.name() + (conditional ? "?" : "") + (sampled ? "!" : "");
  }

  void saw(String newTag) {
    if (kind.isRevalidated()) {
      seen.put(request, newTag);
    }
    tag = newTag;
  }
}
