package fr.opendamir.attack;

/**
 * How far an attack came.
 *
 * @param attack its name
 * @param attempts the true small cells attacked, or the comparisons made
 * @param estimates how many of them it put a figure on
 * @param hits how many figures were right
 * @param baseline how many would have been right without any attack, by always saying the most
 *     frequent small value; zero for an attack that claims certainty
 * @param questions requests sent
 * @param example a hit, or empty
 */
record AttackResult(
    String attack,
    int attempts,
    int estimates,
    int hits,
    int baseline,
    int questions,
    String example) {

  /** Whether more was learned than guessing gives. */
  boolean succeeds() {
    return hits > baseline;
  }

  /** The better of two variants of one attack; what the other asked was asked all the same. */
  AttackResult orBetter(AttackResult other) {
    int gained = Integer.compare(other.hits - other.baseline, hits - baseline);
    boolean otherIsBetter = gained > 0 || (gained == 0 && other.estimates > estimates);
    AttackResult better = otherIsBetter ? other : this;
    return new AttackResult(
        better.attack,
        better.attempts,
        better.estimates,
        better.hits,
        better.baseline,
        Math.max(questions, other.questions),
        better.example);
  }
}
