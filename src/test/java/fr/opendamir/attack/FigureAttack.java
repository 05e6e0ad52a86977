package fr.opendamir.attack;

/** One way of learning a figure of fewer than eleven persons from safe blocks. */
interface FigureAttack {
  /** As the report names it. */
  String name();

  AttackResult run(PublishedFigures figures, FullMonth month);
}
