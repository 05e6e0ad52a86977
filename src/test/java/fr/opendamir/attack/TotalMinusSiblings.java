package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Subtracts from a total the siblings that are shown.
 *
 * <p>A threshold at question time hides the only woman of a row and shows the row's total and its
 * men: one subtraction brings her back.
 */
final class TotalMinusSiblings implements Attack {
  private final int dimensions;
  private final List<List<String>> tables;

  TotalMinusSiblings(int dimensions, List<List<String>> tables) {
    this.dimensions = dimensions;
    this.tables = List.copyOf(tables);
  }

  @Override
  public String name() {
    return "Total minus siblings, %d dimension%s".formatted(dimensions, dimensions > 1 ? "s" : "");
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    return run(client, truth, true).orBetter(run(client, truth, false));
  }

  private AttackResult run(AttackClient client, Truth truth, boolean notDisclosedIsASibling) {
    Score score = new Score(name(), client);
    for (List<String> levels : tables) {
      MarginSubtraction holes =
          new MarginSubtraction(client, levels, "quantity", notDisclosedIsASibling);
      for (TrueCell cell : truth.smallCells(levels)) {
        score.cell(cell, whole(holes.estimate(cell.codes())));
      }
    }
    return score.result();
  }

  private static OptionalLong whole(Optional<BigDecimal> figure) {
    return figure.map(value -> OptionalLong.of(value.longValue())).orElse(OptionalLong.empty());
  }
}
