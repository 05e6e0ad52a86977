package fr.opendamir.attack;

/** One way of learning what the service promises to hide. */
interface Attack {
  /** As the report names it. */
  String name();

  /**
   * Tries it.
   *
   * @param client the attacker's only source
   * @param truth what to score estimates against, and which cells are worth attacking
   */
  AttackResult run(AttackClient client, Truth truth);
}
