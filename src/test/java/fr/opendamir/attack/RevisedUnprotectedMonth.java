package fr.opendamir.attack;

import java.util.List;

/** Two editions of the month, imported one after the other without protection. */
public final class RevisedUnprotectedMonth extends AttackedMonths {
  public RevisedUnprotectedMonth() {
    super(UnprotectedPolicy.create(), editions(RevisedMonth.of(SmallCellsMonth.truth())));
  }

  private static List<Truth> editions(RevisedMonth month) {
    return List.of(month.first(), month.second());
  }
}
