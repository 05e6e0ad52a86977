package fr.opendamir.attack;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import java.util.List;

/** The month protected without regard to attackers who know the method. */
public final class CertainMonth extends AttackedMonths {
  public CertainMonth() {
    super(withoutUncertainty(PolicyReader.builtIn()), List.of(SmallCellsMonth.truth()));
  }

  private static DisclosurePolicy withoutUncertainty(DisclosurePolicy policy) {
    return new DisclosurePolicy(
        "certain-for-tests",
        policy.threshold(),
        1,
        policy.actsPerPerson(),
        policy.undocumentedActsPerPerson(),
        policy.recodings(),
        policy.lossBounds());
  }
}
