package fr.opendamir.disclosure;

import java.util.Arrays;

/**
 * The units of contributors of an act and of a payment, by the number of the service (the number
 * that the {@link AtomKey} has for its code), see {@link ContributorWeights}.
 */
public final class ServiceWeights {
  private long[] perAct = new long[0];
  private long[] perCount = new long[0];

  /** Adds a service; where its acts alone count, they are what counts as payments. */
  public void add(int service, long perAct, long perCount) {
    if (service >= this.perAct.length) {
      this.perAct = Arrays.copyOf(this.perAct, service + 1);
      this.perCount = Arrays.copyOf(this.perCount, service + 1);
    }
    this.perAct[service] = perAct;
    this.perCount[service] = perCount;
  }

  /** Units of one act. */
  public long perAct(int service) {
    return perAct[service];
  }

  /** Units of one payment. */
  public long perCount(int service) {
    return perCount[service];
  }

  /** The units of one service, from the sums of acts and of payments over the rows of a set. */
  long units(int service, long acts, long counted) {
    return Math.min(
        Math.abs(Math.multiplyExact(acts, perAct[service])),
        Math.abs(Math.multiplyExact(counted, perCount[service])));
  }
}
