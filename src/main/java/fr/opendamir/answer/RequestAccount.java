package fr.opendamir.answer;

import fr.opendamir.access.Allowances;
import fr.opendamir.access.Caller;
import fr.opendamir.access.Grant;
import fr.opendamir.access.OverloadedException;
import fr.opendamir.access.Plan;
import fr.opendamir.access.PolicyStanding;
import fr.opendamir.access.TooManyAtOnceException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The units that one request takes from the allowance of its caller. If callers are not limited,
 * everything is granted and nothing is counted.
 */
public final class RequestAccount {
  private final Optional<Caller> caller;
  private final Allowances allowances;
  private List<PolicyStanding> policies;
  private long units;
  private long retryAfterSeconds;
  private boolean isOverloaded;
  private volatile AnswerSource source = AnswerSource.OTHER;

  private RequestAccount(
      Optional<Caller> caller, Allowances allowances, List<PolicyStanding> policies) {
    this.caller = caller;
    this.allowances = allowances;
    this.policies = policies;
  }

  /**
   * Creates the account of a request of a caller.
   *
   * @param request whether the caller may send a request, and the state of its policies
   */
  public static RequestAccount of(Caller caller, Allowances allowances, Grant request) {
    RequestAccount account =
        new RequestAccount(Optional.of(caller), allowances, request.policies());
    account.remember(request);
    return account;
  }

  /** Creates the account of a request without limits. */
  public static RequestAccount unlimited() {
    return new RequestAccount(Optional.empty(), null, List.of());
  }

  /** The caller; absent if callers are not limited. */
  public Optional<Caller> caller() {
    return caller;
  }

  /** The rate plan of the caller; absent if callers are not limited. */
  public Optional<Plan> plan() {
    return caller.map(Caller::plan);
  }

  /**
   * Takes units from the allowance.
   *
   * @return fails with {@link QuotaExceededException} if they are not granted
   */
  public Uni<Void> pay(long price) {
    return caller.isEmpty() || price == 0
        ? Uni.createFrom().voidItem()
        : taken(caller.get(), price).chain(grant -> paid(grant, price));
  }

  /**
   * Takes units from the allowance of files, which is another one.
   *
   * @return fails with {@link QuotaExceededException} if they are not granted
   */
  public Uni<Void> payForFile(long price) {
    return caller.isEmpty()
        ? Uni.createFrom().voidItem()
        : taken(caller.get().ofFiles(), price).chain(grant -> paid(grant.ofFiles(), price));
  }

  /** Refunds units of files that were not sent. */
  public synchronized void refundFile(long taken, long price) {
    if (caller.isPresent() && taken > price) {
      allowances.refund(caller.get().ofFiles(), taken, price);
      units -= taken - price;
    }
  }

  private Uni<Grant> taken(Caller charged, long price) {
    return allowances
        .takeNow(charged, price)
        .map(grant -> Uni.createFrom().item(grant))
        .orElseGet(() -> allowances.take(charged, price));
  }

  private Uni<Void> paid(Grant grant, long price) {
    note(grant, price);
    return grant.isGranted()
        ? Uni.createFrom().voidItem()
        : Uni.createFrom().failure(new QuotaExceededException(grant));
  }

  private synchronized void note(Grant grant, long price) {
    policies = grant.policies();
    if (grant.isGranted()) {
      units += price;
    } else {
      remember(grant);
    }
  }

  private synchronized void remember(Grant grant) {
    retryAfterSeconds = Math.max(retryAfterSeconds, grant.retryAfterSeconds());
  }

  /** Refunds the units taken in excess of the price. */
  public synchronized void settle(long taken, long price) {
    if (caller.isPresent() && taken > price) {
      allowances.refund(caller.get(), taken, price);
      units -= taken - price;
      policies =
          policies.stream()
              .map(policy -> policy.isOfUnits() ? policy.refunded(taken, price) : policy)
              .toList();
    }
  }

  /** The units taken and not refunded. */
  public synchronized long units() {
    return units;
  }

  /** Records a failure, to set {@code Retry-After}. */
  public synchronized void noted(Throwable failure) {
    if (failure instanceof OverloadedException overloaded) {
      isOverloaded = true;
      retryAfterSeconds = Math.max(retryAfterSeconds, overloaded.retryAfterSeconds());
    } else if (failure instanceof TooManyAtOnceException) {
      retryAfterSeconds = Math.max(retryAfterSeconds, 1);
    } else if (failure instanceof QuotaExceededException exceeded) {
      remember(exceeded.grant());
    }
  }

  /** Whether a failure concerns a single caller, and not other callers with the same question. */
  public static boolean isPersonal(Throwable failure) {
    return failure instanceof TooManyAtOnceException
        || failure instanceof OverloadedException
        || failure instanceof QuotaExceededException;
  }

  /** Whether the request was rejected because of overload. */
  public synchronized boolean isOverloaded() {
    return isOverloaded;
  }

  /** Seconds until a rejected request may be granted; 0 if nothing was rejected. */
  public synchronized long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** The state of the policies when units were last taken or refunded. */
  public synchronized List<PolicyStanding> policies() {
    return policies;
  }

  /** The current state of the policies, files included; empty if callers are not limited. */
  public Uni<List<PolicyStanding>> standing() {
    return caller.isEmpty()
        ? Uni.createFrom().item(List.of())
        : allowances
            .standing(caller.get())
            .chain(
                own ->
                    allowances
                        .standing(caller.get().ofFiles())
                        .map(Grant::ofFiles)
                        .map(ofFiles -> Stream.concat(own.stream(), ofFiles.stream()).toList()));
  }

  /** The state of the burst policy; absent if callers are not limited. */
  public Uni<Optional<PolicyStanding>> burst() {
    Optional<PolicyStanding> known = burst(policies());
    return known.isPresent() ? Uni.createFrom().item(known) : standing().map(RequestAccount::burst);
  }

  private static Optional<PolicyStanding> burst(List<PolicyStanding> policies) {
    return policies.stream()
        .filter(policy -> policy.name().equals(PolicyStanding.BURST))
        .findFirst();
  }

  /** Records the source of the answer. */
  void isFrom(AnswerSource known) {
    source = known;
  }

  /** The source of the answer. */
  public AnswerSource source() {
    return source;
  }
}
