package fr.opendamir.access;

import io.smallrye.mutiny.subscription.UniEmitter;

/** The place of one question before the database; its state is the line's. */
final class Place implements Comparable<Place> {
  /** Waiting, in work, and gone: answered, refused or given up. */
  enum State {
    WAITING,
    IN_WORK,
    GONE
  }

  final Caller caller;
  final long arrival;
  final long arrivedAt;
  volatile State state = State.WAITING;
  long startedAt;
  UniEmitter<? super Boolean> waiting;

  Place(Caller caller, long arrival, long arrivedAt) {
    this.caller = caller;
    this.arrival = arrival;
    this.arrivedAt = arrivedAt;
  }

  /** Higher priority first, then order of arrival. */
  @Override
  public int compareTo(Place other) {
    int byPriority = Integer.compare(other.caller.plan().priority(), caller.plan().priority());
    return byPriority != 0 ? byPriority : Long.compare(arrival, other.arrival);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(arrival);
  }
}
