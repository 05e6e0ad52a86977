package fr.opendamir.disclosure;

import fr.opendamir.catalog.Dimension;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The protection rule in force: the threshold, the estimate of contributors, and which detail small
 * atoms give up. A change to any of them needs a new id and a new import of every month, because
 * blocks made under two policies could be subtracted from each other.
 *
 * @param id for example {@code blocks-12}; stored with each import and named in every answer
 * @param threshold minimum number of contributors of a block
 * @param leastUncertainty how many contributor counts must remain possible for each part of a block
 *     that was itself below the threshold, for a reader who knows the algorithm; 1 disables the
 *     rule
 * @param weights the estimate of contributors
 * @param largestShare percentage of the charge, or of the reimbursement, of a block that one line
 *     of at most two contributors may hold; 100 disables the rule
 * @param components the kinds of {@link Layer layers} of the amounts that must be safe by
 *     themselves
 * @param exemptionClasses exemption codes by class, for the classes that stay apart until the last
 *     recoding because their rates of reimbursement differ; all other codes are one more class
 * @param tariffChanges changes of tariffs; care before and after one stays apart like the classes
 *     of exemptions
 * @param recodings applied in this order to the atoms that are still below the threshold; the last
 *     one gives up everything but the month
 * @param lossBounds shares of lost detail at which an import warns or refuses
 */
public record DisclosurePolicy(
    String id,
    int threshold,
    int leastUncertainty,
    PersonWeights weights,
    int largestShare,
    Set<Component> components,
    Map<String, List<String>> exemptionClasses,
    List<TariffChange> tariffChanges,
    List<Recoding> recodings,
    LossBounds lossBounds) {

  public DisclosurePolicy {
    components = Set.copyOf(components);
    exemptionClasses = Map.copyOf(exemptionClasses);
    tariffChanges = List.copyOf(tariffChanges);
    recodings = List.copyOf(recodings);
    if (threshold < 1) {
      throw new IllegalArgumentException("threshold must be at least 1, not " + threshold);
    }
    if (leastUncertainty < 1 || leastUncertainty > threshold) {
      throw new IllegalArgumentException(
          "least_uncertainty must be in 1..threshold, not " + leastUncertainty);
    }
    if (largestShare < 1 || largestShare > 100) {
      throw new IllegalArgumentException("largest_share must be in 1..100, not " + largestShare);
    }
    requireCompleteOrder(recodings);
  }

  /** The dimensions of a block except the month, in the order of the catalog. */
  public static List<Dimension> blockDimensions() {
    return Arrays.stream(Dimension.values()).filter(d -> d != Dimension.MONTH).toList();
  }

  /** The protected components in their order. */
  public List<Component> componentList() {
    return components.isEmpty() ? List.of() : List.copyOf(EnumSet.copyOf(components));
  }

  /** Returns the number of the class of an exemption code: 0 for codes that no class lists. */
  public int exemptionClass(String code) {
    List<String> names = exemptionClasses.keySet().stream().sorted().toList();
    for (int i = 0; i < names.size(); i++) {
      if (exemptionClasses.get(names.get(i)).contains(code)) {
        return i + 1;
      }
    }
    return 0;
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
