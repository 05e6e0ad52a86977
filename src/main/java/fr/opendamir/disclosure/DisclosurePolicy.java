package fr.opendamir.disclosure;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.disclosure.GeneralisationStep.Target;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The protection rule in force: the threshold, how many acts one person accounts for, and the order
 * in which detail is given up. Changing any of it means a new id and importing every month again.
 *
 * @param id such as {@code blocks-11.1}; stored with each import and named in every answer
 * @param threshold the least number of contributors of a block
 * @param actsPerPerson for each group of services, how many acts of that kind one person typically
 *     has in a month
 * @param undocumentedActsPerPerson the same for services in no group; the largest value is the
 *     safest
 * @param generalisation the steps, least valuable detail first; at the end every dimension but the
 *     month is {@code ND}
 * @param lossBounds when an import warns or refuses
 */
public record DisclosurePolicy(
    String id,
    int threshold,
    Map<String, Integer> actsPerPerson,
    int undocumentedActsPerPerson,
    List<GeneralisationStep> generalisation,
    LossBounds lossBounds) {

  public DisclosurePolicy {
    actsPerPerson = Map.copyOf(actsPerPerson);
    generalisation = List.copyOf(generalisation);
    if (threshold < 2) {
      throw new IllegalArgumentException("threshold must be at least 2, not " + threshold);
    }
    actsPerPerson.forEach(DisclosurePolicy::requirePositive);
    requirePositive("undocumented", undocumentedActsPerPerson);
    requireCompleteOrder(generalisation);
  }

  /** The dimensions of a block besides the month, in the order of the catalog. */
  public static List<Dimension> blockDimensions() {
    return Arrays.stream(Dimension.values()).filter(d -> d != Dimension.MONTH).toList();
  }

  /** How many acts of a service one person accounts for. */
  public int actsPerPerson(Catalog catalog, String serviceCode) {
    return actsPerPerson.getOrDefault(
        catalog.serviceGroup(serviceCode).id(), undocumentedActsPerPerson);
  }

  private static void requirePositive(String group, int acts) {
    if (acts < 1 || acts > 1000) {
      throw new IllegalArgumentException(
          "acts_per_person of " + group + " must be in 1..1000, not " + acts);
    }
  }

  /** Without this, a remainder could keep a code and stay unsafe for ever. */
  private static void requireCompleteOrder(List<GeneralisationStep> steps) {
    Set<Dimension> gone = EnumSet.noneOf(Dimension.class);
    for (GeneralisationStep step : steps) {
      if (gone.contains(step.dimension()) || step.dimension() == Dimension.MONTH) {
        throw new IllegalArgumentException(
            step.dimension().id() + " cannot be generalised at that place of the order");
      }
      if (step.to() == Target.ND) {
        gone.add(step.dimension());
      }
    }
    for (Dimension dimension : blockDimensions()) {
      if (!gone.contains(dimension)) {
        throw new IllegalArgumentException(
            "the generalisation order never gives up " + dimension.id());
      }
    }
  }
}
