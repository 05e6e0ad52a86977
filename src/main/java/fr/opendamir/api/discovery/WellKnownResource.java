package fr.opendamir.api.discovery;

import fr.opendamir.api.http.DocumentAnswers;
import fr.opendamir.api.http.PublicAddress;
import fr.opendamir.api.http.UnknownNameException;
import fr.opendamir.catalog.Label;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves documents at addresses that standards fix (RFC 8615). */
@Path("/.well-known")
public class WellKnownResource {
  /** After everything that may refuse the request. */
  private static final int PRIORITY = 10;

  private final Clock clock = Clock.systemUTC();
  private final ApiCatalog catalog;
  private final SecurityText security;
  private final DocumentAnswers answers;

  WellKnownResource(
      PublicAddress address,
      Interfaces interfaces,
      DiscoveryConfig config,
      DocumentAnswers answers) {
    this.catalog = new ApiCatalog(address, interfaces);
    this.security = SecurityText.of(config.security(), address);
    this.answers = answers;
  }

  /**
   * Announces the list of interfaces where RFC 9727 wants it: on the list itself, and on the start
   * page. Runs at start-up, so that wrong settings are found then.
   */
  void announce(@Observes Filters filters) {
    filters.register(WellKnownResource::announce, PRIORITY);
  }

  private static void announce(RoutingContext context) {
    String path = context.request().path();
    if ("/".equals(path) || ApiCatalog.PATH.equals(path)) {
      context.response().putHeader("Link", "<" + ApiCatalog.PATH + ">; rel=\"api-catalog\"");
    }
    context.next();
  }

  /** Lists the interfaces of the service (RFC 9727). */
  @GET
  @Path("api-catalog")
  @Operation(hidden = true)
  public Uni<Response> apiCatalog(@Context RoutingContext context) {
    return answers.answer(context, ApiCatalog.MEDIA_TYPE, catalog::json, "api-catalog");
  }

  /** Says how to report a vulnerability (RFC 9116); an expired text counts as none. */
  @GET
  @Path("security.txt")
  @Operation(hidden = true)
  public Uni<Response> securityText(@Context RoutingContext context) {
    if (!security.isValidAt(clock.instant())) {
      throw new UnknownNameException(
          new Label(
              "l'exploitant de ce service n'a pas déclaré de contact de sécurité valable",
              "the operator of this service has not declared a valid security contact"));
    }
    return answers.answer(context, "text/plain;charset=UTF-8", security::bytes, "security.txt");
  }
}
