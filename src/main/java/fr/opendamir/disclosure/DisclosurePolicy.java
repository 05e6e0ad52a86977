package fr.opendamir.disclosure;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The protection rule in force: the threshold, the acts per person, and which detail small atoms
 * give up. A change to any of them needs a new id and a new import of every month, because blocks
 * made under two policies could be subtracted from each other.
 *
 * @param id for example {@code blocks-11.3}; stored with each import and named in every answer
 * @param threshold minimum number of contributors of a block
 * @param leastUncertainty how many contributor counts must remain possible for each part of a block
 *     that was itself below the threshold, for a reader who knows the algorithm; 1 disables the
 *     rule
 * @param actsPerPerson for each group of services, how many acts of that kind one person typically
 *     has in a month
 * @param undocumentedActsPerPerson the same number for services in no group; the largest value is
 *     the safest
 * @param recodings applied in this order to the atoms that are still below the threshold; the last
 *     one gives up everything but the month
 * @param lossBounds shares of lost detail at which an import warns or refuses
 */
public record DisclosurePolicy(
    String id,
    int threshold,
    int leastUncertainty,
    Map<String, Integer> actsPerPerson,
    int undocumentedActsPerPerson,
    List<Recoding> recodings,
    LossBounds lossBounds) {

  public DisclosurePolicy {
    actsPerPerson = Map.copyOf(actsPerPerson);
    recodings = List.copyOf(recodings);
    if (threshold < 1) {
      throw new IllegalArgumentException("threshold must be at least 1, not " + threshold);
    }
    if (leastUncertainty < 1 || leastUncertainty > threshold) {
      throw new IllegalArgumentException(
          "least_uncertainty must be in 1..threshold, not " + leastUncertainty);
    }
    actsPerPerson.forEach(DisclosurePolicy::requirePositive);
    requirePositive("undocumented", undocumentedActsPerPerson);
    requireCompleteOrder(recodings);
  }

  /** The dimensions of a block except the month, in the order of the catalog. */
  public static List<Dimension> blockDimensions() {
    return Arrays.stream(Dimension.values()).filter(d -> d != Dimension.MONTH).toList();
  }

  /** Returns how many acts of a service one person typically has in a month. */
  public int actsPerPerson(Catalog catalog, String serviceCode) {
    return actsPerPerson.getOrDefault(
        catalog.coarser(Level.SERVICE_GROUP, serviceCode), undocumentedActsPerPerson);
  }

  private static void requirePositive(String group, int acts) {
    if (acts < 1 || acts > 1000) {
      throw new IllegalArgumentException(
          "acts_per_person of " + group + " must be in 1..1000, not " + acts);
    }
  }

  /**
   * Requires a last recoding that gives up everything. {@link SafeBlockSql} leaves a remainder only
   * after that one; otherwise a remainder could keep a code and never become safe.
   */
  private static void requireCompleteOrder(List<Recoding> recodings) {
    if (recodings.isEmpty() || !recodings.get(recodings.size() - 1).givesUpEverything()) {
      throw new IllegalArgumentException("the last recoding must give up every dimension");
    }
  }
}
