package fr.opendamir.access;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Port: what callers have left. Prices are 1 unit or more; a price above a whole quota takes the
 * whole quota. Nothing here fails: allowances that cannot be shared are granted by this process
 * alone, which {@link #degradation} reports.
 */
public interface Allowances {
  /** Takes one of the requests of a caller to this process; never waits. */
  Grant takeRequest(Caller caller);

  /**
   * Takes units of burst and daily quota, all or none, if this process can decide alone; otherwise
   * nothing is taken and {@link #take} must be called. Never waits.
   */
  Optional<Grant> takeNow(Caller caller, long units);

  /** Takes units of burst and daily quota, all or none. Goes on where it was subscribed. */
  Uni<Grant> take(Caller caller, long units);

  /** Gives back what was taken above the price that it came to. */
  void refund(Caller caller, long taken, long price);

  /** How burst, daily and requests stand, without taking. Goes on where it was subscribed. */
  Uni<List<PolicyStanding>> standing(Caller caller);

  /** Present while allowances that should be shared are not. */
  Optional<Degradation> degradation();
}
