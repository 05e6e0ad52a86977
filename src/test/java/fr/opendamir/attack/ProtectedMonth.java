package fr.opendamir.attack;

import fr.opendamir.disclosure.PolicyReader;
import java.util.List;

/** The month as the service publishes it. */
public final class ProtectedMonth extends AttackedMonths {
  public ProtectedMonth() {
    super(PolicyReader.builtIn(), List.of(SmallCellsMonth.truth()));
  }
}
