package fr.opendamir.access;

import com.github.benmanes.caffeine.cache.Cache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Allowances that replicas share through Redis. While it is down, each process grants its own, less
 * what it granted before; Redis hears of daily units that were granted meanwhile when it is back.
 * Requests are counted by each process: their limit protects the process.
 */
final class RedisAllowances implements Allowances {
  /** Of one caller. */
  private static final int BYTES = 500;

  private final SharedWindows windows;
  private final LocalAllowances local;
  private final LongSupplier nanos;
  private final Cache<String, Lease> leases;

  RedisAllowances(
      SharedWindows windows, LocalAllowances local, int rememberedCallers, LongSupplier nanos) {
    this.windows = windows;
    this.local = local;
    this.nanos = nanos;
    this.leases = BoundedCache.ofCallers(rememberedCallers, BYTES, nanos::getAsLong);
  }

  @Override
  public Grant takeRequest(Caller caller) {
    return local.takeRequest(caller);
  }

  @Override
  public Optional<Grant> takeNow(Caller caller, long units) {
    Lease lease = lease(caller);
    if (!windows.isUp()) {
      return Optional.of(takeHere(caller, lease, units));
    }
    Optional<Grant> grant = lease.take(units, nanos.getAsLong());
    if (grant.isPresent() && grant.get().isGranted()) {
      local.record(caller, units);
    }
    return grant;
  }

  @Override
  public Uni<Grant> take(Caller caller, long units) {
    return onCaller(() -> taken(caller, units));
  }

  @Override
  public void refund(Caller caller, long taken, long price) {
    if (taken <= price) {
      return;
    }
    local.refund(caller, taken, price);
    Lease lease = lease(caller);
    if (!windows.isUp()) {
      lease.owe(caller.plan().daily().share(price) - caller.plan().daily().share(taken));
      return;
    }
    lease.forgetRefusal();
    var unused = windows.ask(caller, SharedTake.refund(caller, taken, price));
  }

  @Override
  public Uni<List<PolicyStanding>> standing(Caller caller) {
    return onCaller(
        () ->
            windows
                .ask(caller, SharedTake.nothing(caller))
                .map(reply -> standing(reply, caller))
                .otherwise(ignored -> local.standingHere(caller)));
  }

  @Override
  public Optional<Degradation> degradation() {
    return windows.degradation();
  }

  void close() {
    windows.close();
  }

  private Future<Grant> taken(Caller caller, long units) {
    Optional<Grant> now = takeNow(caller, units);
    if (now.isPresent()) {
      return Future.succeededFuture(now.get());
    }
    Lease lease = lease(caller);
    SharedTake take = lease.ask(units);
    return windows
        .ask(caller, take)
        .map(
            reply -> {
              Grant grant = lease.answered(units, reply, nanos.getAsLong());
              if (grant.isGranted()) {
                local.record(caller, units);
              }
              return grant;
            })
        .otherwise(
            ignored -> {
              lease.unanswered(take);
              return takeHere(caller, lease, units);
            });
  }

  private Grant takeHere(Caller caller, Lease lease, long units) {
    Grant grant = local.takeHere(caller, units);
    if (grant.isGranted()) {
      lease.owe(caller.plan().daily().share(units));
    }
    return grant;
  }

  private List<PolicyStanding> standing(SharedReply reply, Caller caller) {
    Lease lease = lease(caller);
    List<PolicyStanding> all = new ArrayList<>(lease.standing(reply));
    all.add(local.requestStanding(caller));
    all.addAll(lease.siteStanding(reply));
    caller.site().ifPresent(site -> all.add(local.requestStanding(site).ofSite()));
    return all;
  }

  private Lease lease(Caller caller) {
    Lease known = leases.getIfPresent(caller.bucket());
    return known != null && known.isOf(caller)
        ? known
        : leases
            .asMap()
            .compute(
                caller.bucket(),
                (bucket, kept) -> kept != null && kept.isOf(caller) ? kept : new Lease(caller));
  }

  /** Replies come on the connection's thread; the request belongs to another. */
  private static <T> Uni<T> onCaller(Supplier<Future<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context context = Vertx.currentContext();
              Uni<T> answer =
                  Uni.createFrom().completionStage(() -> work.get().toCompletionStage());
              return context == null
                  ? answer
                  : answer.emitOn(command -> context.runOnContext(ignored -> command.run()));
            });
  }
}
