package fr.opendamir.api.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.question.Question;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Cache of parsed requests. A repeated request is not parsed or bound again. */
@Singleton
class KnownRequests {
  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final int LONGEST = 2_000;
  private static final byte[] NO_BODY = {};

  /**
   * Maximum heap use of a parsed question, in bytes per character of the request. The worst case is
   * a filter of one-digit codes: one String per two characters.
   */
  private static final int BYTES_PER_CHARACTER = 40;

  private static final int BYTES_PER_ENTRY = 800;

  /**
   * Cache key: everything in a request that its answer depends on.
   *
   * @param body one character for each byte; empty for GET
   */
  private record Request(
      String path, String query, String accept, String language, String encoding, String body) {
    static Request of(HttpServerRequest request, byte[] body) {
      return new Request(
          request.path(),
          request.query(),
          request.getHeader("Accept"),
          request.getHeader("Accept-Language"),
          request.getHeader("Accept-Encoding"),
          new String(body, StandardCharsets.ISO_8859_1));
    }

    int length() {
      return length(path)
          + length(query)
          + length(accept)
          + length(language)
          + length(encoding)
          + body.length();
    }

    /** The weight in bytes, including the question. */
    int weight() {
      return BYTES_PER_ENTRY + BYTES_PER_CHARACTER * length();
    }

    private static int length(String text) {
      return text == null ? 0 : text.length();
    }
  }

  /** The key of an answer, and the id of its release. */
  record Keyed(String release, AnswerKey key) {}

  /** A parsed question, and the key of its answer from the release last used. */
  static final class Known {
    private final Question question;
    private final Optional<String> base;
    private final Optional<String> pinned;
    private final AnswerFormat format;
    private volatile Keyed last; // null until a request asks again

    private Known(BoundQuestion bound, AnswerFormat format) {
      this.question = bound.query();
      this.base = bound.base().map(Release::id);
      this.pinned = base.isPresent() ? Optional.of(bound.release().id()) : question.release();
      this.format = format;
    }

    Question question() {
      return question;
    }

    AnswerFormat format() {
      return format;
    }

    private Optional<Keyed> key(ReleaseCatalog releases) {
      Optional<Release> release = releases.remembered(pinned);
      Optional<Release> before = base.isPresent() ? releases.remembered(base) : Optional.empty();
      return release.isEmpty() || before.isPresent() != base.isPresent()
          ? Optional.empty()
          : Optional.of(key(before, release.get()));
    }

    private Keyed key(Optional<Release> before, Release release) {
      Keyed keyed = last;
      if (keyed == null || !keyed.release().equals(release.id())) {
        keyed = new Keyed(release.id(), AnswerWriter.key(question, before, release, format));
        last = keyed;
      }
      return keyed;
    }
  }

  private final ReleaseCatalog releases;
  private final Cache<Request, Known> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Request request, Known meaning) -> request.weight())
          .executor(Runnable::run)
          .build();

  KnownRequests(ReleaseCatalog releases) {
    this.releases = releases;
  }

  /** Finds the meaning of a GET request that was answered before. Never waits. */
  Optional<Known> find(HttpServerRequest request) {
    return find(request, NO_BODY);
  }

  /** Finds the meaning of a request with a body that was answered before. Never waits. */
  Optional<Known> find(HttpServerRequest request, byte[] body) {
    return body.length > LONGEST
        ? Optional.empty()
        : Optional.ofNullable(known.getIfPresent(Request.of(request, body)));
  }

  /**
   * The key of the answer to a request at this time; empty if a release must be looked up in the
   * database first. Never waits.
   */
  Optional<Keyed> key(Known meaning) {
    return meaning.key(releases);
  }

  /** Stores a GET request after its answer was paid for. */
  void remember(HttpServerRequest request, BoundQuestion bound, AnswerFormat format) {
    remember(request, NO_BODY, bound, format);
  }

  /** Stores a request with a body after its answer was paid for. */
  void remember(HttpServerRequest request, byte[] body, BoundQuestion bound, AnswerFormat format) {
    if (body.length > LONGEST) {
      return;
    }
    Request key = Request.of(request, body);
    if (key.length() <= LONGEST) {
      known.put(key, new Known(bound, format));
    }
  }
}
