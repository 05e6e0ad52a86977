package fr.opendamir.attack;

import fr.opendamir.testing.SideBySide;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The attacks in the order of the report. */
final class AttackSuite {
  /**
   * What undoes, by exact arithmetic, a threshold that is applied when a question is asked. Sums of
   * blocks of one sign are never small, so that none of these names a small cell even by chance.
   */
  static final List<Attack> EXACT =
      List.of(
          new TotalMinusSiblings(1, Tables.ONE),
          new TotalMinusSiblings(2, Tables.TWO),
          new TotalMinusSiblings(3, Tables.THREE),
          new FilterMinusOne(),
          new BoundsAttack(),
          new KnownTariff(),
          new RateTimesPeople());

  /** What undoes it by finding the figures that fit best, and is right by chance now and then. */
  static final List<Attack> FITTING = List.of(new TableAlgebra(), new LeastSquares());

  /** What looks for differences where there should be none. */
  static final List<Attack> APPEARANCES =
      List.of(new SameQuestion(), new EmptyAgainstGeneralised());

  /** What reasons from how the service protects; there is nothing to reason from without that. */
  static final List<Attack> KNOWING_THE_METHOD = List.of(new KnownMethod());

  private AttackSuite() {}

  /** What compares the two newest releases of a month. */
  static List<Attack> revision(RevisedMonth month) {
    return List.of(new ReleaseDifference(month), new LeftByRevision());
  }

  /**
   * Runs attacks side by side, each with a client of its own.
   *
   * @return what became of each, in their order
   */
  @SafeVarargs
  static List<AttackResult> run(URI base, Truth truth, List<Attack>... attacks) {
    List<Attack> all = new ArrayList<>();
    for (List<Attack> some : attacks) {
      all.addAll(some);
    }
    return SideBySide.results(all, attack -> attack.run(new AttackClient(base), truth));
  }
}
