package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reasons from the published method: a group gave up a detail because it had fewer than 11
 * contributors with it (the minimality attack of Wong, Fu, Wang and Pei, VLDB 2007).
 *
 * <p>Where the sex was given up and 20 acts remain, and men and women had at most 10 each, they had
 * 10 each. A method that gives up a detail only where it must, in an order that everybody knows,
 * says so by giving it up. Only intervals of one value count.
 */
final class KnownMethod implements Attack {
  private static final List<String> TABLE = List.of("region", "age_band", "sex", "service");
  private static final List<String> GIVEN_UP = List.of("sex", "age_band", "region");
  private static final List<String> SERVICES =
      List.of("1104", "1105", "1109", "1114", "1115", "1118", "1312", "1318", "1320");
  private static final long MOST_OF_A_GROUP = 10;

  @Override
  public String name() {
    return "Bounds from the known method";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    Score score = new Score(name(), client).claimingCertainty();
    for (String service : SERVICES) {
      PublishedTable cells =
          new PublishedTable(
              client.ask(Question.of(TABLE).where("service", service)), TABLE, "quantity");
      for (TrueCell cell : truth.smallCells(TABLE)) {
        if (cell.code("service").equals(service)) {
          score.cell(cell, onlyValue(cells, cell.codes()));
        }
      }
    }
    return score.result();
  }

  private static OptionalLong onlyValue(PublishedTable cells, List<String> cell) {
    if (cells.shown().containsKey(cell)) {
      return OptionalLong.empty();
    }
    for (String dimension : GIVEN_UP) {
      int side = TABLE.indexOf(dimension);
      long codes =
          cells.codes(dimension).stream()
              .filter(code -> !PublishedTable.isNotDisclosed(code))
              .count();
      long least = withoutDetail(cells, cell, side) - MOST_OF_A_GROUP * (codes - 1);
      if (least == MOST_OF_A_GROUP) {
        return OptionalLong.of(least);
      }
    }
    return OptionalLong.empty();
  }

  /** What is published of the line of the cell without the code on that side. */
  private static long withoutDetail(PublishedTable cells, List<String> cell, int side) {
    long sum = 0;
    for (Map.Entry<List<String>, BigDecimal> other : cells.shown().entrySet()) {
      List<String> key = new ArrayList<>(other.getKey());
      if (PublishedTable.isNotDisclosed(key.get(side))) {
        key.set(side, cell.get(side));
        sum += key.equals(cell) ? other.getValue().longValue() : 0;
      }
    }
    return sum;
  }
}
