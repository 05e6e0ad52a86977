package fr.opendamir.disclosure;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The protection rule in force: the threshold, how many acts one person accounts for, and what
 * detail small atoms give up. Changing any of it means a new id and importing every month again.
 *
 * @param id such as {@code blocks-11.2}; stored with each import and named in every answer
 * @param threshold the least number of contributors of a block
 * @param leastUncertainty how many numbers of contributors must be possible, for one who knows the
 *     algorithm, of each part that was too small and went into a block; 1 asks for nothing
 * @param actsPerPerson for each group of services, how many acts of that kind one person typically
 *     has in a month
 * @param undocumentedActsPerPerson the same for services in no group; the largest value is the
 *     safest
 * @param recodings tried in this order on the atoms that are still too small; the last one gives up
 *     everything but the month
 * @param lossBounds when an import warns or refuses
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

  /** The dimensions of a block besides the month, in the order of the catalog. */
  public static List<Dimension> blockDimensions() {
    return Arrays.stream(Dimension.values()).filter(d -> d != Dimension.MONTH).toList();
  }

  /** How many acts of a service one person accounts for. */
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

  /** Without this, a remainder could keep a code and stay unsafe for ever. */
  private static void requireCompleteOrder(List<Recoding> recodings) {
    if (recodings.isEmpty() || !recodings.get(recodings.size() - 1).givesUpEverything()) {
      throw new IllegalArgumentException("the last recoding must give up every dimension");
    }
  }
}
