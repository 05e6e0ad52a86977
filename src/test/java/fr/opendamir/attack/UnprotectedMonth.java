package fr.opendamir.attack;

import java.util.List;

/** The same month with a threshold at question time and nothing else. */
public final class UnprotectedMonth extends AttackedMonths {
  public UnprotectedMonth() {
    super(UnprotectedPolicy.create(), List.of(SmallCellsMonth.truth()));
  }
}
