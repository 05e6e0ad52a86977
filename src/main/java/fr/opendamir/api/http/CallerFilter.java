package fr.opendamir.api.http;

import fr.opendamir.access.AccessConfig;
import fr.opendamir.access.Admission;
import fr.opendamir.access.Allowances;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Grant;
import fr.opendamir.access.KeyCheck;
import fr.opendamir.access.Keys;
import fr.opendamir.access.Plans;
import fr.opendamir.access.StreamPlaces;
import fr.opendamir.access.UsageRecorder;
import fr.opendamir.access.WrongKeys;
import fr.opendamir.catalog.Label;
import fr.opendamir.query.DataUnavailableException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Identifies the caller of every request: its network, or the API key that it presents. Rejects
 * invalid keys instead of treating them as absent.
 */
@ApplicationScoped
class CallerFilter {
  /** Runs once the request has an id and a readable address, before any handler that answers. */
  private static final int PRIORITY = 800;

  private static final String CHALLENGE =
      "Bearer realm=\"open-damir-api\", error=\"invalid_token\"";

  /** Plan name used in metrics when rate limiting is disabled. */
  static final String UNLIMITED = "unlimited";

  private final AccessConfig config;
  private final RequestCallers callers;
  private final Keys keys;
  private final Allowances allowances;
  private final WrongKeys wrongKeys;
  private final Admission admission;
  private final StreamPlaces streams;
  private final UsageRecorder usage;
  private final RequestObservation observation;
  private final UnreadBytes unread;

  CallerFilter(
      AccessConfig config,
      RequestCallers callers,
      Keys keys,
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

  /** Counts requests when rate limiting is disabled. */
  private void handleUnlimited(RoutingContext context) {
    observe(observation.of(context, Door.of(context.normalizedPath())), UNLIMITED);
    context.next();
  }

  /** Counts a request that does not use up any allowance. */
  private static void observe(RequestObservation.Observed request, String plan) {
    Exchange exchange = Exchange.begin(request.context(), request, request.door());
    request.begin();
    exchange.whenOver(outcome -> request.over(plan, outcome, exchange.account().source(), 0));
    whenOver(request.context(), exchange);
  }

  private void handle(RoutingContext context) {
    // Routing uses the normalized path too, so no spelling of a path bypasses the limits.
    RequestObservation.Observed entry = observation.of(context, Door.of(context.normalizedPath()));
    if (ResponseHeaders.isPreflight(context.request())) {
      // Preflights are not limited. They carry no key, so many users with keys behind one address
      // would be rejected together, and browsers hide the error from scripts. Answering one costs
      // no more than rejecting it.
      observe(entry, Plans.ANONYMOUS);
      context.next();
      return;
    }
    if (entry.door() == Door.OTHER) {
      enter(entry, callers.network(context.request()));
      return;
    }
    PresentedKey presented = PresentedKey.of(context.request().headers());
    if (presented.refusal().isPresent()) {
      Caller network = callers.network(context.request());
      refuse(
          entry,
          network,
          allowances.takeRequest(network),
          () -> refuse(context, presented.refusal().get()));
    } else if (presented.key().isPresent()) {
      enter(entry, presented.key().get());
    } else {
      enter(entry, callers.network(context.request()));
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
   * Looks up a key and charges the lookup to the caller's network, which limits guessing. Rejects
   * without a lookup if many recent keys from that network were wrong. Keys known to be valid are
   * not charged to the network, and neither are previously valid keys that are looked up again:
   * while the key store is slow or unavailable this happens with every request, and many users
   * behind one address would be rejected.
   */
  private void enter(RequestObservation.Observed entry, String key) {
    RoutingContext context = entry.context();
    Optional<Caller> holder = callers.holder(context.request(), key);
    if (holder.isPresent()) {
      enter(entry, holder.get());
      return;
    }
    Caller network = callers.network(context.request());
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
                    enter(entry, callers.holder(valid.key()));
                  } else {
                    // malformed text cannot match any key, so it is not counted as a guess
                    if (!(check instanceof KeyCheck.Malformed)) {
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
                              ProblemMappers.problems(context)
                                  .unavailable(DataUnavailableException.Part.DATABASE)));
                });
  }

  /**
   * Rejects a key, which costs its network one request; if none is left, reports the rate limit.
   */
  private void refuse(
      RequestObservation.Observed entry, Caller network, Grant grant, Runnable refusal) {
    begin(entry, network, grant);
    if (grant.isGranted()) {
      refusal.run();
    } else {
      ProblemResponse.write(entry.context(), ProblemMappers.problems(entry.context()).of(grant));
    }
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
   * Registers two handlers for the end of a response, because reading a body replaces the first
   * one; {@link Exchange} counts the end once.
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
      return; // no key was looked up and no service resource was used
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
        "this is not a key: keys begin with odk_ and go into X-API-Key or Authorization: Bearer");
  }
}
