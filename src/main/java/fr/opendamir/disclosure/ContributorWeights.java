package fr.opendamir.disclosure;

import fr.opendamir.catalog.Catalog;
import java.util.stream.IntStream;

/**
 * Contributors in whole numbers: one person is {@link #unitsPerPerson} units, the least common
 * multiple of all {@code acts_per_person}, so that an act is a whole number of units whatever the
 * service and no rounding can make a set safe on one machine and unsafe on another.
 */
public final class ContributorWeights {
  private final DisclosurePolicy policy;
  private final Catalog catalog;
  private final long unitsPerPerson;

  public ContributorWeights(DisclosurePolicy policy, Catalog catalog) {
    this.policy = policy;
    this.catalog = catalog;
    this.unitsPerPerson =
        IntStream.concat(
                policy.actsPerPerson().values().stream().mapToInt(Integer::intValue),
                IntStream.of(policy.undocumentedActsPerPerson()))
            .asLongStream()
            .reduce(1, ContributorWeights::leastCommonMultiple);
  }

  public long unitsPerPerson() {
    return unitsPerPerson;
  }

  /** The least number of units of a safe set. */
  public long threshold() {
    return Math.multiplyExact(unitsPerPerson, policy.threshold());
  }

  /** How many units one act of the service is. */
  public long unitsPerAct(String serviceCode) {
    return unitsPerPerson / policy.actsPerPerson(catalog, serviceCode);
  }

  private static long leastCommonMultiple(long a, long b) {
    return Math.multiplyExact(a / greatestCommonDivisor(a, b), b);
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
