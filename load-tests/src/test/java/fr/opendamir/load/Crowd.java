package fr.opendamir.load;

import io.gatling.javaapi.core.Session;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Readers who come one after the other, each with the next key, and all with the same questions.
 */
final class Crowd {
  private final Questions questions;
  private final Requests requests;
  private final List<String> keys;
  private final AtomicInteger came = new AtomicInteger();

  private Crowd(Questions questions, List<String> keys) {
    this.questions = questions;
    this.requests = new Requests(questions);
    this.keys = keys;
  }

  static Crowd drawn() {
    List<String> keys = Settings.keys();
    return new Crowd(
        Questions.drawn(
            new Service(Settings.baseUrl(), keys),
            Settings.number("questions", 1000),
            1,
            Settings.number("seed", 1)),
        keys);
  }

  Session join(Session session) {
    int number = came.getAndIncrement();
    String key = keys.isEmpty() ? "" : keys.get(number % keys.size());
    return Reader.join(session, new Reader(questions, requests, number, key));
  }
}
