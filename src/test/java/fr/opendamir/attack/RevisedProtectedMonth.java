package fr.opendamir.attack;

import fr.opendamir.disclosure.PolicyReader;
import java.util.List;

/** Two editions of the month, imported one after the other. */
public final class RevisedProtectedMonth extends AttackedMonths {
  public RevisedProtectedMonth() {
    super(PolicyReader.builtIn(), editions(RevisedMonth.of(SmallCellsMonth.truth())));
  }

  private static List<Truth> editions(RevisedMonth month) {
    return List.of(month.first(), month.second());
  }
}
