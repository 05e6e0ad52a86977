package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Divides an amount by the tariff.
 *
 * <p>Where only the number of acts is thought worth hiding, or an amount can be had by subtraction,
 * a consultation at 30 euros gives the number away. The amounts of a cell are asked for one by one
 * first, then subtracted from margins.
 */
final class KnownTariff implements Attack {
  private static final BigDecimal LEGAL_SHARE = new BigDecimal("0.70");
  private static final List<String> AMOUNTS =
      List.of("charged", "reimbursed", "reimbursement_base", "reimbursed_all");

  /** A tariff belongs to a service. */
  private static final List<List<String>> TABLES =
      Tables.THREE.stream().filter(levels -> levels.contains("service")).toList();

  @Override
  public String name() {
    return "Amount divided by known tariff";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    return run(client, truth, true).orBetter(run(client, truth, false));
  }

  private AttackResult run(AttackClient client, Truth truth, boolean notDisclosedIsASibling) {
    Score score = new Score(name(), client);
    for (List<String> levels : TABLES) {
      List<PublishedTable> amounts =
          AMOUNTS.stream().map(amount -> PublishedTable.ask(client, levels, amount)).toList();
      MarginSubtraction holes =
          new MarginSubtraction(client, levels, "charged", notDisclosedIsASibling);
      for (TrueCell cell : truth.smallCells(levels)) {
        BigDecimal tariff = SmallCellsMonth.TARIFFS.get(cell.code("service"));
        OptionalLong shown = shown(amounts, cell, tariff);
        score.cell(cell, shown.isPresent() ? shown : acts(holes.estimate(cell.codes()), tariff));
      }
    }
    return score.result();
  }

  /** Any amount of the very cell that is shown although its quantity is hidden. */
  private static OptionalLong shown(
      List<PublishedTable> amounts, TrueCell cell, BigDecimal tariff) {
    for (int i = 0; i < AMOUNTS.size(); i++) {
      BigDecimal amount = amounts.get(i).shown().get(cell.codes());
      if (amount != null) {
        boolean legalShare = AMOUNTS.get(i).startsWith("reimbursed");
        BigDecimal each = legalShare ? tariff.multiply(LEGAL_SHARE) : tariff;
        OptionalLong acts = acts(Optional.of(amount), each);
        if (acts.isPresent()) {
          return acts;
        }
      }
    }
    return OptionalLong.empty();
  }

  /** The number of acts, if the amount is a multiple of the tariff. */
  private static OptionalLong acts(Optional<BigDecimal> amount, BigDecimal tariff) {
    return amount
        .map(euros -> euros.divideAndRemainder(tariff))
        .filter(parts -> parts[1].signum() == 0)
        .map(parts -> OptionalLong.of(parts[0].longValue()))
        .orElse(OptionalLong.empty());
  }
}
