package fr.opendamir.disclosure;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The built-in policy with something changed, for tests of what each rule is good for. */
public final class WeakenedPolicy {
  private static final DisclosurePolicy BUILT_IN = PolicyReader.builtIn();

  private String id = "weakened-for-tests";
  private int threshold = BUILT_IN.threshold();
  private int leastUncertainty = BUILT_IN.leastUncertainty();
  private PersonWeights weights = BUILT_IN.weights();
  private int largestShare = BUILT_IN.largestShare();
  private Set<Component> components = BUILT_IN.components();
  private Map<String, List<String>> exemptionClasses = BUILT_IN.exemptionClasses();
  private List<Recoding> recodings = BUILT_IN.recodings();

  public WeakenedPolicy id(String value) {
    id = value;
    return this;
  }

  /** Another threshold; the uncertainty that it leaves is at most as much. */
  public WeakenedPolicy threshold(int value) {
    threshold = value;
    leastUncertainty = Math.min(leastUncertainty, value);
    return this;
  }

  public WeakenedPolicy leastUncertainty(int value) {
    leastUncertainty = value;
    return this;
  }

  public WeakenedPolicy weights(PersonWeights value) {
    weights = value;
    return this;
  }

  public WeakenedPolicy largestShare(int value) {
    largestShare = value;
    return this;
  }

  public WeakenedPolicy components(Set<Component> value) {
    components = value;
    return this;
  }

  public WeakenedPolicy exemptionClasses(Map<String, List<String>> value) {
    exemptionClasses = value;
    return this;
  }

  public WeakenedPolicy recodings(List<Recoding> value) {
    recodings = value;
    return this;
  }

  public DisclosurePolicy policy() {
    return new DisclosurePolicy(
        id,
        threshold,
        leastUncertainty,
        weights,
        largestShare,
        components,
        exemptionClasses,
        BUILT_IN.tariffChanges(),
        recodings,
        BUILT_IN.lossBounds());
  }
}
