package fr.opendamir.api.http;

import fr.opendamir.catalog.Language;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses addresses that are too long, saying that there is POST. */
@ApplicationScoped
public class LongAddress {
  /** Characters, with the parameters. */
  public static final int LONGEST = 16_384;

  /** After the request has its id, before all else. */
  private static final int PRIORITY = 900;

  void register(@Observes Filters filters) {
    filters.register(LongAddress::handle, PRIORITY);
  }

  private static void handle(RoutingContext context) {
    if (context.request().uri().length() <= LONGEST) {
      context.next();
      return;
    }
    // Not by the parameter lang: it may be anywhere in what is too long to be read.
    Language language = RequestLanguage.ofHeader(context.request().getHeader("Accept-Language"));
    Problem problem =
        new Problems(language, context.request().path(), RequestId.of(context))
            .of(ProblemType.URI_TOO_LONG);
    ProblemResponse.write(context, problem);
  }
}
