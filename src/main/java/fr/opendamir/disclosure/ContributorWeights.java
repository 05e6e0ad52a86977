package fr.opendamir.disclosure;

import fr.opendamir.catalog.Catalog;
import java.util.stream.IntStream;

/**
 * Contributor counts in whole numbers. One person is {@link #unitsPerPerson} units, the least
 * common multiple of all {@code acts_per_person}, so one act of any service is a whole number of
 * units. Without rounding, a set is safe on every machine or on none.
 *
 * <p>The contributors of a set are {@code Σ over services of |Σ quantity| ÷ acts_per_person}: the
 * net quantity of each service counts, so reversals never add contributors.
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

  /** Units that make one contributor. */
  public long unitsPerPerson() {
    return unitsPerPerson;
  }

  /** Minimum number of units of a safe set. */
  public long threshold() {
    return Math.multiplyExact(unitsPerPerson, policy.threshold());
  }

  /** Returns the number of units of one act of the service. */
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
