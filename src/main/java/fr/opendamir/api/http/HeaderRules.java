package fr.opendamir.api.http;

import fr.opendamir.catalog.Label;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;

/**
 * Length limits for every header that this service or a library parses. An oversized header is
 * removed before any handler reads it, and the request is rejected with 431 after its caller is
 * identified and charged. Requests with two {@code Host} headers are rejected with 400, because it
 * is unknown which one a proxy used. A list that is sent in several lines is joined, because
 * handlers read one line.
 *
 * <p>{@code Authorization} is not limited here: next to a key, its content is not the caller's
 * fault ({@link PresentedKey}).
 */
@ApplicationScoped
class HeaderRules {
  /** Maximum characters of a header, summed over all lines with the same name. */
  static final int LONGEST = 1_000;

  /** Maximum characters of headers that grow by one item per known answer or per proxy. */
  static final int LONGEST_LIST = 4_096;

  private static final List<String> VALUES =
      List.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Content-Encoding",
          "Content-Type",
          "Expect",
          "Host",
          "If-Modified-Since",
          "If-Range",
          "Origin",
          "Range",
          "Traceparent",
          "X-API-Key",
          "X-Forwarded-Host",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto");

  private static final List<String> LISTS =
      List.of("Forwarded", "If-Match", "If-None-Match", "X-Forwarded-For");

  /** Lists of what the client accepts. */
  private static final List<String> JOINED =
      List.of("Accept", "Accept-Encoding", "Accept-Language");

  /** Runs after the address is rewritten, before any handler that reads headers. */
  private static final int FIRST = 1900;

  /**
   * Runs after the caller is identified, so that rejected requests are counted and rate limited.
   */
  private static final int REFUSALS = 790;

  private static final String REFUSAL = HeaderRules.class.getName();

  private record Refusal(ProblemType type, Label detail) {}

  void register(@Observes Filters filters) {
    filters.register(HeaderRules::check, FIRST);
    filters.register(HeaderRules::refuse, REFUSALS);
  }

  private static void check(RoutingContext context) {
    MultiMap headers = context.request().headers();
    int hosts = 0;
    int characters = 0;
    for (Map.Entry<String, String> header : headers) {
      characters += header.getValue().length();
      if (header.getKey().equalsIgnoreCase("Host")) {
        hosts++;
      }
    }
    if (characters > LONGEST) { // total of all headers, which is rarely exceeded
      bound(context, headers, VALUES, LONGEST);
      bound(context, headers, LISTS, LONGEST_LIST);
    }
    join(headers);
    if (hosts > 1) {
      context.put(
          REFUSAL,
          new Refusal(
              ProblemType.REQUEST_REFUSED,
              new Label(
                  "la requête a %d en-têtes Host ; il en faut un seul".formatted(hosts),
                  "the request has %d headers Host; send one".formatted(hosts))));
    }
    context.next();
  }

  private static void join(MultiMap headers) {
    for (String name : JOINED) {
      List<String> lines = headers.getAll(name);
      if (lines.size() > 1) {
        headers.set(name, String.join(", ", lines));
      }
    }
  }

  private static void bound(
      RoutingContext context, MultiMap headers, List<String> names, int longest) {
    for (String name : names) {
      int length = headers.getAll(name).stream().mapToInt(String::length).sum();
      if (length > longest) {
        headers.remove(name);
        context.put(
            REFUSAL,
            new Refusal(
                ProblemType.HEADER_TOO_LONG,
                new Label(
                    "l'en-tête %s a %d caractères, %d au plus".formatted(name, length, longest),
                    "the header %s has %d characters, at most %d"
                        .formatted(name, length, longest))));
      }
    }
  }

  private static void refuse(RoutingContext context) {
    Refusal refusal = context.get(REFUSAL);
    if (refusal == null) {
      context.next();
      return;
    }
    // The body is not read, so the connection cannot carry another request.
    LongBody.closeAfter(context);
    Problems problems = ProblemMappers.problems(context);
    ProblemResponse.write(
        context,
        problems.of(refusal.type(), refusal.detail().in(problems.language()), List.of(), Map.of()));
  }
}
