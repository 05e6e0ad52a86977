package fr.opendamir.attack;

import java.util.List;

/** The month protected without regard to attackers who know the method. */
public final class CertainMonth extends AttackedMonths {
  public CertainMonth() {
    super(WeakenedPolicy.PARTS.policy(), List.of(SmallCellsMonth.truth()));
  }
}
