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
 * The rule for every header that is parsed here or by a library: longer than its bound, it is taken
 * out before anybody reads it, and the request is refused with 431, once its caller is known and
 * has paid for it. Two {@code Host} are refused with 400: which of them a server before this one
 * went by is not known.
 *
 * <p>{@code Authorization} is not among them: beside a key, whatever it says is no fault of the
 * caller ({@link PresentedKey}).
 */
@ApplicationScoped
class HeaderRules {
  /** Characters of a value, of all lines of the name together. */
  static final int LONGEST = 1_000;

  /** Of those that grow by one item for each answer known, or for each proxy on the way. */
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
          "Origin",
          "Range",
          "Traceparent",
          "X-API-Key",
          "X-Forwarded-Host",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto");

  private static final List<String> LISTS =
      List.of("Forwarded", "If-Match", "If-None-Match", "X-Forwarded-For");

  /** After the address is written anew, before all who read headers. */
  private static final int FIRST = 1900;

  /** After the caller is known, so that what is refused is counted and limited. */
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
    if (characters > LONGEST) { // of all headers together, which is rare
      bound(context, headers, VALUES, LONGEST);
      bound(context, headers, LISTS, LONGEST_LIST);
    }
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
    // Nobody reads a body, so that no further request can follow it.
    LongBody.closeAfter(context);
    Problems problems = ProblemMappers.problems(context);
    ProblemResponse.write(
        context,
        problems.of(refusal.type(), refusal.detail().in(problems.language()), List.of(), Map.of()));
  }
}
