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
import fr.opendamir.access.StreamPlaces;
import fr.opendamir.access.UsageRecorder;
import fr.opendamir.access.WrongKeys;
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
import java.util.function.Supplier;

/**
 * Identifies the caller of every request: its network, or the key that it presents. A key that is
 * not valid is rejected, and never treated as no key.
 */
@ApplicationScoped
class CallerFilter {
  /** After the request has its id and an address that can be read, before any answer. */
  private static final int PRIORITY = 800;

  private static final String CHALLENGE =
      "Bearer realm=\"open-damir-api\", error=\"invalid_token\"";

  /** Name in metrics of the plan of all callers where none is limited. */
  static final String UNLIMITED = "unlimited";

  private final AccessConfig config;
  private final Callers callers;
  private final Keys keys;
  private final KeyPlans plans;
  private final Allowances allowances;
  private final WrongKeys wrongKeys;
  private final Admission admission;
  private final StreamPlaces streams;
  private final UsageRecorder usage;
  private final RequestObservation observation;
  private final UnreadBytes unread;

  CallerFilter(
      AccessConfig config,
      Callers callers,
      Keys keys,
      Plans plans,
      Allowances allowances,
      WrongKeys wrongKeys,
      Admission admission,
      StreamPlaces streams,
      UsageRecorder usage,
      RequestObservation observation,
      UnreadBytes unread) {
    this.unread = unread;
    this.config = config;
    this.callers = callers;
    this.keys = keys;
    this.plans = new KeyPlans(plans);
    this.allowances = allowances;
    this.wrongKeys = wrongKeys;
    this.admission = admission;
    this.streams = streams;
    this.usage = usage;
    this.observation = observation;
  }

  void register(@Observes Filters filters) {
    filters.register(config.enabled() ? this::handle : this::handleUnlimited, PRIORITY);
  }

  /** Counts requests where no caller is limited. */
  private void handleUnlimited(RoutingContext context) {
    observe(observation.of(context, Door.of(context.normalizedPath())), UNLIMITED);
    context.next();
  }

  /** Counts a request that takes nothing of an allowance. */
  private static void observe(RequestObservation.Observed request, String plan) {
    Exchange exchange = Exchange.begin(request.context(), request, request.door());
    request.begin();
    exchange.whenOver(outcome -> request.over(plan, outcome, exchange.account().source(), 0));
    whenOver(request.context(), exchange);
  }

  private void handle(RoutingContext context) {
    // The normalized path is the one that routes go by: no spelling of a path leads past limits.
    RequestObservation.Observed entry = observation.of(context, Door.of(context.normalizedPath()));
    if (ResponseHeaders.isPreflight(context.request())) {
      // Not limited: it carries no key, so that many users with keys behind one address would be
      // rejected, with an error that browsers show to no script. Its answer costs no more than a
      // rejection would.
      observe(entry, Plans.ANONYMOUS);
      context.next();
      return;
    }
    if (entry.door() == Door.OTHER) {
      enter(entry, network(context));
      return;
    }
    PresentedKey presented = PresentedKey.of(context.request().headers());
    if (presented.refusal().isPresent()) {
      Caller network = network(context);
      refuse(
          entry,
          network,
          allowances.takeRequest(network),
          () -> refuse(context, presented.refusal().get()));
    } else if (presented.key().isPresent()) {
      enter(entry, presented.key().get());
    } else {
      enter(entry, network(context));
    }
  }

  private void enter(RequestObservation.Observed entry, Caller caller) {
    RoutingContext context = entry.context();
    Grant grant = allowances.takeRequest(caller);
    begin(entry, caller, grant);
    UnreadBytes.attribute(context.request().connection(), caller.bucket());
    if (grant.isGranted() && unread.isFull(caller.bucket())) {
      ProblemResponse.write(
          context, ProblemMappers.problems(context).of(ProblemType.TOO_MANY_AT_ONCE));
    } else if (grant.isGranted()) {
      context.next();
    } else {
      ProblemResponse.write(context, ProblemMappers.problems(context).of(grant));
    }
  }

  /**
   * Looks a key up on the account of its network, so that guessing keys is limited, unless many
   * keys from the network were wrong a moment ago. Keys that are known to be valid cost their
   * network nothing, nor do keys that were valid and are looked up again: while the store is slow
   * or away that happens with every request, and many users behind one address would be rejected.
   */
  private void enter(RequestObservation.Observed entry, String key) {
    RoutingContext context = entry.context();
    if (keys.find(key).orElse(null) instanceof KeyCheck.Valid valid) {
      enter(entry, caller(valid.key()));
      return;
    }
    Caller network = network(context);
    if (keys.wasValid(key)) {
      lookUp(entry, key, network, () -> allowances.takeRequest(network));
      return;
    }
    Grant grant = allowances.takeRequest(network);
    Optional<Grant> tooManyWrong = wrongKeys.refusal(network.bucket());
    if (grant.isGranted() && tooManyWrong.isPresent()) {
      refuse(entry, network, tooManyWrong.get(), () -> {});
    } else if (grant.isGranted()) {
      lookUp(entry, key, network, () -> grant);
    } else {
      refuse(entry, network, grant, () -> {});
    }
  }

  private void lookUp(
      RequestObservation.Observed entry, String key, Caller network, Supplier<Grant> grant) {
    RoutingContext context = entry.context();
    context.request().pause();
    var unused =
        keys.check(key)
            .subscribe()
            .with(
                check -> {
                  context.request().resume();
                  if (check instanceof KeyCheck.Valid valid) {
                    enter(entry, caller(valid.key()));
                  } else {
                    if (!(check instanceof KeyCheck.Malformed)) { // which no key can be
                      wrongKeys.add(network.bucket());
                    }
                    refuse(entry, network, grant.get(), () -> refuse(context, reason(check)));
                  }
                },
                failure -> {
                  context.request().resume();
                  refuse(
                      entry,
                      network,
                      grant.get(),
                      () ->
                          ProblemResponse.write(
                              context,
                              ProblemMappers.problems(context).of(ProblemType.UNAVAILABLE)));
                });
  }

  /** Rejects a key. That costs its network a request; without one left, the limit is the reason. */
  private void refuse(
      RequestObservation.Observed entry, Caller network, Grant grant, Runnable refusal) {
    begin(entry, network, grant);
    if (grant.isGranted()) {
      refusal.run();
    } else {
      ProblemResponse.write(entry.context(), ProblemMappers.problems(entry.context()).of(grant));
    }
  }

  private Caller network(RoutingContext context) {
    SocketAddress peer = context.request().remoteAddress();
    MultiMap headers = context.request().headers();
    return callers.anonymous(peer == null ? null : peer.hostAddress(), headers::getAll);
  }

  private Caller caller(KeyRecord key) {
    return Caller.ofKey(String.valueOf(key.id()), plans.of(key));
  }

  private void begin(RequestObservation.Observed entry, Caller caller, Grant grant) {
    RoutingContext context = entry.context();
    Exchange exchange =
        Exchange.begin(context, allowances, admission, streams, caller, grant, entry, entry.door());
    entry.begin();
    exchange.whenOver(outcome -> count(entry, exchange, outcome));
    context.addHeadersEndHandler(ignored -> exchange.writeTo(context.response()));
    whenOver(context, exchange);
  }

  /**
   * Two handlers notice the end of a response, because reading a body replaces the first of them;
   * {@link Exchange} counts it once.
   */
  private static void whenOver(RoutingContext context, Exchange exchange) {
    context.addEndHandler(ended -> end(context, exchange, ended.failed()));
    context.addBodyEndHandler(ended -> end(context, exchange, false));
  }

  private static void end(RoutingContext context, Exchange exchange, boolean isAborted) {
    exchange.over(
        isAborted ? Outcome.ABORTED : exchange.outcome(context.response().getStatusCode()));
  }

  private void count(RequestObservation.Observed entry, Exchange exchange, Outcome outcome) {
    Caller caller = exchange.account().caller().orElseThrow();
    String plan = caller.plan().name();
    Door door = entry.door();
    long units = exchange.account().units();
    entry.over(plan, outcome, exchange.account().source(), units);
    if (door == Door.OTHER) {
      return; // no key was looked at, and nothing of the service was used
    }
    Optional<Long> key = caller.keyId().map(Long::valueOf);
    if (outcome.isRefusal()) {
      usage.refused(key, plan, door.label());
    } else {
      usage.answered(key, plan, door.label(), units);
    }
  }

  private static void refuse(RoutingContext context, Label reason) {
    Problems problems = ProblemMappers.problems(context);
    context.response().putHeader("WWW-Authenticate", CHALLENGE);
    ProblemResponse.write(
        context,
        problems.of(ProblemType.INVALID_KEY, reason.in(problems.language()), List.of(), Map.of()));
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
