package fr.opendamir.api.http;

import fr.opendamir.access.Grant;
import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.EncodedAnswer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The head of a response with a cached answer, as it left the service. What differs from response
 * to response, the request id and the rate limits, is written anew where the recorded response had
 * it. The body stays in the cache of answers.
 */
final class RecordedResponse {
  private static final Set<String> LIMITS = caseInsensitive(LimitHeaders.NAMES);

  /** Of the connection, written by the server where it has to be. */
  private static final String CONNECTION = "Connection";

  private final int status;
  private final String tag;
  private final boolean isCompressed;
  private final Door door;
  private final Supplier<Optional<AnswerKey>> current;
  private final List<Map.Entry<CharSequence, CharSequence>> head = new ArrayList<>();
  private final int size;
  private boolean hasRequestId;
  private boolean hasLimits;

  /**
   * Records a response that was sent.
   *
   * @param current the key of the answer that the same request would get now; empty if it is not
   *     known without waiting
   */
  RecordedResponse(
      HttpServerResponse response,
      Answer answer,
      Door door,
      Supplier<Optional<AnswerKey>> current) {
    this.status = response.getStatusCode();
    this.tag =
        answer instanceof EncodedAnswer encoded
            ? encoded.tag()
            : ((Answer.NotModified) answer).key().tag();
    this.isCompressed = "gzip".equals(response.headers().get(HttpHeaders.CONTENT_ENCODING));
    this.door = door;
    this.current = current;
    response.headers().forEach(header -> record(header.getKey(), header.getValue()));
    this.size =
        head.stream().mapToInt(line -> line.getKey().length() + line.getValue().length()).sum();
  }

  private void record(String name, String value) {
    if (name.equalsIgnoreCase(RequestId.HEADER)) {
      hasRequestId = true;
    } else if (LIMITS.contains(name)) {
      hasLimits = true;
    } else if (!name.equalsIgnoreCase(CONNECTION) && !name.startsWith(":")) { // HTTP/2's status
      head.add(Map.entry(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value)));
    }
  }

  Door door() {
    return door;
  }

  /** Whether the body is part of the response: 304 has none, and costs nothing. */
  boolean hasBody() {
    return status != 304;
  }

  /** The entity tag, without content coding, of the answer. */
  String tag() {
    return tag;
  }

  Outcome outcome() {
    return hasBody() ? Outcome.OK : Outcome.NOT_MODIFIED;
  }

  /** Whether the same request would get the same answer now. */
  boolean isCurrent() {
    Optional<AnswerKey> key = current.get();
    return key.isPresent() && key.get().tag().equals(tag);
  }

  /**
   * Writes the response again.
   *
   * @param answer what {@link #tag} stands for; null without a body
   * @param grant the state of the caller's allowances; null if callers are not limited
   */
  void write(HttpServerResponse response, EncodedAnswer answer, String requestId, Grant grant) {
    MultiMap headers = response.headers();
    for (Map.Entry<CharSequence, CharSequence> line : head) {
      headers.add(line.getKey(), line.getValue());
    }
    if (hasRequestId) {
      headers.add(RequestId.HEADER, requestId);
    }
    if (hasLimits && grant != null) {
      LimitHeaders.write(headers, grant.policies());
    }
    if (answer == null) {
      response.setStatusCode(status);
      var unused = response.end();
    } else {
      var unused = response.end(EncodedResponse.shared(answer.body(isCompressed)));
    }
  }

  /** Characters of the head, for the bound of the memory that recorded responses take. */
  int size() {
    return size;
  }

  private static Set<String> caseInsensitive(List<String> names) {
    Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    all.addAll(names);
    return all;
  }
}
