package fr.opendamir.access;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of taking from an allowance.
 *
 * @param policies how they stand after it
 * @param violated names of those that did not have enough; where there is one, nothing was taken
 */
public record Grant(List<PolicyStanding> policies, List<String> violated) {
  public Grant {
    policies = List.copyOf(policies);
    violated = List.copyOf(violated);
  }

  /** The refusal of the site around a caller that had enough itself. */
  static Grant refusedBySite(List<PolicyStanding> ofCaller, Grant ofSite) {
    List<PolicyStanding> all = new ArrayList<>(ofCaller);
    ofSite.policies().forEach(policy -> all.add(policy.ofSite()));
    return new Grant(all, ofSite.violated().stream().map(PolicyStanding::nameOfSite).toList());
  }

  /** The same grant, named as one of the allowance of files. */
  public Grant ofFiles() {
    return new Grant(
        ofFiles(policies), violated.stream().map(PolicyStanding::nameOfFiles).toList());
  }

  /** The policies of files among those of a caller of files, by their names. */
  public static List<PolicyStanding> ofFiles(List<PolicyStanding> policies) {
    return policies.stream()
        .filter(PolicyStanding::isOfUnits)
        .map(PolicyStanding::ofFiles)
        .toList();
  }

  public boolean isGranted() {
    return violated.isEmpty();
  }

  /** Seconds after which all violated policies are whole again; 0 where none is. */
  public long retryAfterSeconds() {
    long latest = 0;
    for (PolicyStanding policy : policies) {
      if (violated.contains(policy.name())) {
        latest = Math.max(latest, Math.max(1, policy.resetSeconds()));
      }
    }
    return latest;
  }
}
