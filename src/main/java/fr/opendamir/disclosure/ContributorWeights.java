package fr.opendamir.disclosure;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Contributor counts in whole numbers. One person is {@link #unitsPerPerson} units, the least
 * common multiple of all numbers of acts, counts and lines per person, so one act of any service is
 * a whole number of units. Without rounding, a set is safe on every machine or on none.
 *
 * <p>The contributors of one service are its net quantity divided by the acts per person, but at
 * most its net count of payments divided by the counts per person. A set has the sum over its
 * services, but at most a multiple of its largest service; without any act its lines count. The net
 * quantity of each service counts, so reversals never add contributors.
 */
public final class ContributorWeights {
  private final DisclosurePolicy policy;
  private final Catalog catalog;
  private final long unitsPerPerson;

  public ContributorWeights(DisclosurePolicy policy, Catalog catalog) {
    this.policy = policy;
    this.catalog = catalog;
    PersonWeights weights = policy.weights();
    this.unitsPerPerson =
        Stream.of(
                weights.actsPerPerson().values().stream().mapToInt(Integer::intValue),
                weights.countsPerPerson().values().stream().mapToInt(Integer::intValue),
                IntStream.of(weights.undocumentedActsPerPerson(), weights.linesPerPerson()))
            .flatMapToInt(numbers -> numbers)
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

  /** Returns how many acts of the service one person typically has in a month. */
  public int actsPerPerson(String serviceCode) {
    return policy
        .weights()
        .actsPerPerson()
        .getOrDefault(group(serviceCode), policy.weights().undocumentedActsPerPerson());
  }

  /** Returns the number of units of one act of the service. */
  public long unitsPerAct(String serviceCode) {
    return unitsPerPerson / actsPerPerson(serviceCode);
  }

  /**
   * Returns the number of units of one trip, stay or payment of the service; 0 if its quantity
   * alone counts.
   */
  public long unitsPerCount(String serviceCode) {
    Integer counts = policy.weights().countsPerPerson().get(group(serviceCode));
    return counts == null ? 0 : unitsPerPerson / counts;
  }

  /**
   * Renders the query for the units of sets of rows. The rows have {@code origin} (the service of
   * the source lines), {@code acts}, {@code counted}, {@code bare} and the weights {@code per_act}
   * and {@code per_count}.
   *
   * @param set the columns that name a set; empty for one set of all rows
   * @param rows a table or a query in parentheses
   * @return a query with the columns of {@code set}, {@code units}, and {@code uncapped}: the units
   *     before they are limited to a multiple of the largest service
   */
  public String units(String set, String rows) {
    String by = set.isEmpty() ? "" : set + ", ";
    return """
    SELECT %s%s::BIGINT AS units, %s::BIGINT AS uncapped FROM (
      SELECT %sorigin, sum(bare) AS bare, %s AS units FROM %s GROUP BY %sorigin)%s
    """
        .formatted(
            by,
            unitsOfServices(),
            unitsOfActsOrLines("sum(units)"),
            by,
            UNITS_OF_SERVICE,
            rows,
            by,
            set.isEmpty() ? "" : " GROUP BY " + set);
  }

  /** The units of one service of a set, from the sums of its rows. */
  private static final String UNITS_OF_SERVICE =
      "least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count))";

  /** The units of a set, from rows of its services with {@code units} and {@code bare}. */
  String unitsOfServices() {
    return unitsOfActsOrLines(
        "least(sum(units), %d * max(units))".formatted(policy.weights().servicesPerPerson()));
  }

  /**
   * Returns the units of a set, as {@link #units(String, String)} does.
   *
   * @param sum the units of its services
   * @param largest the units of its largest service
   * @param bare lines without quantity
   */
  long units(long sum, long largest, long bare) {
    return sum > 0
        ? Math.min(sum, Math.multiplyExact(policy.weights().servicesPerPerson(), largest))
        : Math.multiplyExact(bare, unitsPerPerson / policy.weights().linesPerPerson());
  }

  private String unitsOfActsOrLines(String ofActs) {
    return "CASE WHEN sum(units) > 0 THEN %s ELSE sum(bare) * %d END"
        .formatted(ofActs, unitsPerPerson / policy.weights().linesPerPerson());
  }

  private String group(String serviceCode) {
    return catalog.coarser(Level.SERVICE_GROUP, serviceCode);
  }

  private static long leastCommonMultiple(long a, long b) {
    return Math.multiplyExact(a / greatestCommonDivisor(a, b), b);
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
