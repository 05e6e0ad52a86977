package fr.opendamir.api.http;

import fr.opendamir.access.AccessConfig;
import fr.opendamir.access.Admission;
import fr.opendamir.access.Allowances;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Callers;
import fr.opendamir.access.Grant;
import fr.opendamir.access.KeyCheck;
import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.Keys;
import fr.opendamir.access.Plans;
import fr.opendamir.access.UsageRecorder;
import fr.opendamir.catalog.Label;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who asks, at every door: the network, or whoever has the key that is presented. What is
 * presented and is no valid key is refused, and never taken for a caller without one.
 */
@ApplicationScoped
class CallerFilter {
  /** After the request has its id and an address that can be read, before any answer. */
  private static final int PRIORITY = 800;

  private static final String CHALLENGE =
      "Bearer realm=\"open-damir-api\", error=\"invalid_token\"";

  private final AccessConfig config;
  private final Callers callers;
  private final Keys keys;
  private final KeyPlans plans;
  private final Allowances allowances;
  private final Admission admission;
  private final UsageRecorder usage;
  private final RequestMetrics metrics;

  CallerFilter(
      AccessConfig config,
      Callers callers,
      Keys keys,
      Plans plans,
      Allowances allowances,
      Admission admission,
      UsageRecorder usage,
      RequestMetrics metrics) {
    this.config = config;
    this.callers = callers;
    this.keys = keys;
    this.plans = new KeyPlans(plans);
    this.allowances = allowances;
    this.admission = admission;
    this.usage = usage;
    this.metrics = metrics;
  }

  void register(@Observes Filters filters) {
    if (config.enabled()) {
      filters.register(this::handle, PRIORITY);
    }
  }

  private void handle(RoutingContext context) {
    // The normalized path is the one that routes go by: no spelling of a path leads past limits.
    Optional<Door> door = Door.of(context.normalizedPath());
    if (door.isEmpty()) {
      context.next();
      return;
    }
    Optional<String> key = PresentedKey.find(context.request().headers());
    if (key.isEmpty()) {
      enter(context, door.get(), network(context));
    } else {
      enter(context, door.get(), key.get());
    }
  }

  private void enter(RoutingContext context, Door door, Caller caller) {
    Grant grant = allowances.takeRequest(caller);
    begin(context, door, caller, grant);
    if (grant.isGranted()) {
      context.next();
    } else {
      ProblemResponse.write(context, ProblemMappers.problems(context).of(grant));
    }
  }

  /**
   * Keys are looked up on the account of the network: whoever makes them up is limited. Those that
   * are known to be valid cost their network nothing.
   */
  private void enter(RoutingContext context, Door door, String key) {
    if (keys.find(key).orElse(null) instanceof KeyCheck.Valid valid) {
      enter(context, door, caller(valid.key()));
      return;
    }
    Caller network = network(context);
    Grant grant = allowances.takeRequest(network);
    if (!grant.isGranted()) {
      begin(context, door, network, grant);
      ProblemResponse.write(context, ProblemMappers.problems(context).of(grant));
      return;
    }
    context.request().pause();
    var unused =
        keys.check(key)
            .subscribe()
            .with(
                check -> {
                  context.request().resume();
                  if (check instanceof KeyCheck.Valid valid) {
                    enter(context, door, caller(valid.key()));
                  } else {
                    begin(context, door, network, grant);
                    refuse(context, check);
                  }
                },
                failure -> {
                  context.request().resume();
                  begin(context, door, network, grant);
                  ProblemResponse.write(
                      context, ProblemMappers.problems(context).of(ProblemType.UNAVAILABLE));
                });
  }

  private Caller network(RoutingContext context) {
    SocketAddress peer = context.request().remoteAddress();
    MultiMap headers = context.request().headers();
    return callers.anonymous(peer == null ? null : peer.hostAddress(), headers::getAll);
  }

  private Caller caller(KeyRecord key) {
    return Caller.ofKey(String.valueOf(key.id()), plans.of(key));
  }

  private void begin(RoutingContext context, Door door, Caller caller, Grant grant) {
    Visit visit = Visit.begin(context, allowances, admission, caller, grant);
    visit.whenOver(outcome -> count(door, visit, outcome));
    context.addHeadersEndHandler(ignored -> visit.writeTo(context.response()));
    context.addEndHandler(
        ended ->
            visit.over(
                ended.failed()
                    ? Outcome.ABORTED
                    : visit.outcome(context.response().getStatusCode())));
  }

  private void count(Door door, Visit visit, Outcome outcome) {
    String plan = visit.caller().plan().name();
    metrics.count(door, plan, outcome, visit.units());
    Optional<Long> key = visit.caller().keyId().map(Long::valueOf);
    if (outcome.isRefusal()) {
      usage.refused(key, plan, door.label());
    } else {
      usage.answered(key, plan, door.label(), visit.units());
    }
  }

  private static void refuse(RoutingContext context, KeyCheck check) {
    Problems problems = ProblemMappers.problems(context);
    context.response().putHeader("WWW-Authenticate", CHALLENGE);
    ProblemResponse.write(
        context,
        problems.of(
            ProblemType.INVALID_KEY, reason(check).in(problems.language()), List.of(), Map.of()));
  }

  private static Label reason(KeyCheck check) {
    if (check instanceof KeyCheck.Revoked) {
      return new Label("la clé a été révoquée", "the key was revoked");
    }
    if (check instanceof KeyCheck.Expired) {
      return new Label("la clé a expiré", "the key has expired");
    }
    if (check instanceof KeyCheck.Unknown) {
      return new Label("la clé n'est pas connue", "the key is not known");
    }
    return new Label(
        "ce n'est pas une clé : elle commence par odk_ et va dans X-API-Key ou Authorization:"
            + " Bearer",
        "this is no key: keys begin with odk_ and go into X-API-Key or Authorization: Bearer");
  }
}
